import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { BerthError } from '@berth/core'
import { type ContainerSnapshot, type GroupSnapshot, resolveInRoot } from './runner/index.ts'

/** Unpacks an archive below a directory of a container. */
export async function copyProcessFilesIn(
  group: GroupSnapshot,
  container: string | undefined,
  path: string,
  tar: Readable,
): Promise<void> {
  const { unpackTar } = await import('modern-tar')
  const { root } = containerOf(group, container)
  for (const { header, data } of await unpackTar(Readable.toWeb(tar) as ReadableStream<Uint8Array>)) {
    const target = resolveInRoot(root, join(path, header.name))
    if (header.type === 'directory') await mkdir(target, { recursive: true })
    if (header.type !== 'file') continue
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, data ?? new Uint8Array(), { mode: header.mode ?? 0o644 })
  }
}

/** One file of a container as an archive. */
export async function copyProcessFileOut(
  group: GroupSnapshot,
  container: string | undefined,
  path: string,
): Promise<Readable> {
  const { packTar } = await import('modern-tar')
  const { root } = containerOf(group, container)
  try {
    const body = await readFile(resolveInRoot(root, path))
    return Readable.from([
      await packTar([
        { header: { name: basename(path), size: body.length, type: 'file', mode: 0o644 }, body },
      ]),
    ])
  } catch (error) {
    throw new BerthError({
      code: 'not-found',
      message: `${group.name}: ${path} cannot be read: ${error instanceof Error ? error.message : error}`,
      cause: error,
    })
  }
}

function containerOf(group: GroupSnapshot, name = 'main'): ContainerSnapshot {
  const container = [...group.containers, ...group.initContainers].find((each) => each.name === name)
  if (container) return container
  const known = group.containers.map((each) => each.name).join(', ')
  throw new BerthError({
    code: 'not-found',
    message: `${group.name} has no container '${name}'; it has ${known}`,
  })
}
