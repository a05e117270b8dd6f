import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { resolveInRoot } from '@berth/process/runner'
import type { ContainerSpec, PodSpec } from '../backend.ts'

/** Makes a directory for each volume of a pod, with its files. */
export async function writeVolumes(folder: string, volumes: PodSpec['volumes']): Promise<void> {
  for (const [name, volume] of Object.entries(volumes)) {
    const root = join(folder, name)
    await mkdir(root, { recursive: true, mode: 0o700 })
    if (volume.kind === 'empty') continue
    for (const [path, content] of Object.entries(volume.files)) {
      const file = resolveInRoot(root, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, content, { mode: volume.modes?.[path] ?? volume.mode ?? 0o644 })
    }
  }
}

/** Where a mount's content is on this machine. A part of an empty volume that is not there yet becomes a directory. */
export async function resolveMount(
  folder: string,
  volumes: PodSpec['volumes'],
  { volume, subPath = '' }: ContainerSpec['mounts'][number],
): Promise<string> {
  const kind = volumes[volume]?.kind
  if (kind === undefined) throw new TypeError(`the pod has no volume ${volume}`)
  const path = resolveInRoot(join(folder, volume), subPath)
  if (kind === 'empty' && !existsSync(path)) await mkdir(path, { recursive: true })
  return path
}
