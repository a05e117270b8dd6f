import type { Readable } from 'node:stream'
import { BerthError } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { containerName } from './docker-names.ts'

/** Unpacks a tar stream below a directory of a container, running or not. */
export async function copyInto(
  { engine }: DockerHost,
  ref: string,
  path: string,
  tar: Readable,
  container: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  await engine.containers.putArchive(containerName(ref, container), path, tar, {
    noOverwriteDirNonDir: true,
    signal,
  })
}

/** A tar stream of a file or directory of a container. */
export async function copyOutOf(
  { engine }: DockerHost,
  ref: string,
  path: string,
  container: string | undefined,
  signal: AbortSignal,
): Promise<Readable> {
  const name = containerName(ref, container)
  const archive = await engine.containers.getArchive(name, path, { signal })
  if (archive) return archive.tar
  throw new BerthError({ code: 'not-found', message: `${name} has no ${path}, or is not there itself` })
}
