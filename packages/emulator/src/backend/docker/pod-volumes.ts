import { posix } from 'node:path'
import type { MountBody } from '@berth/docker/engine'
import { resolveInRoot } from '@berth/process/runner'
import { packTar } from 'modern-tar'
import type { ContainerSpec, PodSpec } from '../backend.ts'
import type { DockerPlace } from './docker-place.ts'

/** The volumes of one pod: made with the container that holds its network, which has them all mounted, so that they can be filled through it. */
export interface PodVolumes {
  /** For the holder. */
  readonly mounts: readonly MountBody[]
  /** Writes what they hold at first, through the holder. */
  fill(holder: string): Promise<void>
  /** One mount of a container. */
  mountOf(holder: string, mount: ContainerSpec['mounts'][number]): Promise<MountBody>
  remove(): Promise<void>
}

const HOLDER_FOLDER = '/volumes'

export function podVolumes(
  { engine, name }: DockerPlace,
  { name: pod, volumes }: PodSpec,
  labels: Readonly<Record<string, string>>,
): PodVolumes {
  const volumeName = (volume: string) => `${name}-${pod}-${volume}`
  const folderOf = (volume: string) => `${HOLDER_FOLDER}/${volume}`

  async function put(holder: string, volume: string, entries: Parameters<typeof packTar>[0]): Promise<void> {
    await engine.containers.putArchive(holder, folderOf(volume), await packTar(entries))
  }

  return {
    mounts: Object.keys(volumes).map((volume) => ({
      Type: 'volume',
      Source: volumeName(volume),
      Target: folderOf(volume),
      VolumeOptions: { Labels: labels },
    })),
    async fill(holder) {
      for (const [volume, content] of Object.entries(volumes)) {
        if (content.kind === 'empty') await put(holder, volume, [openFolder('./')])
        else await put(holder, volume, filesOf(content))
      }
    },
    async mountOf(holder, { volume, path, readOnly, subPath }) {
      const content = volumes[volume]
      if (content === undefined) throw new TypeError(`pod ${pod} has no volume ${volume}`)
      const source = volumeName(volume)
      if (subPath === undefined || subPath === '') {
        return {
          Type: 'volume',
          Source: source,
          Target: path,
          ReadOnly: readOnly,
          VolumeOptions: { NoCopy: true },
        }
      }
      const part = resolveInRoot('/', subPath).slice(1)
      if (
        content.kind === 'empty' &&
        (await engine.containers.statPath(holder, `${folderOf(volume)}/${part}`)) === null
      ) {
        await put(holder, volume, [openFolder(`${part}/`)])
      }
      // A part of a volume can be mounted as such by newer engines only; by its place on the engine's machine, by all.
      const mountpoint = (await engine.volumes.inspect(source))?.Mountpoint ?? ''
      return { Type: 'bind', Source: posix.join(mountpoint, part), Target: path, ReadOnly: readOnly }
    },
    async remove() {
      await Promise.all(Object.keys(volumes).map((volume) => engine.volumes.remove(volumeName(volume))))
    },
  }
}

function filesOf({ files, mode = 0o644 }: Extract<PodSpec['volumes'][string], { kind: 'files' }>) {
  return Object.entries(files).map(([path, content]) => ({
    header: { name: resolveInRoot('/', path).slice(1), size: content.length, mode, mtime: new Date() },
    body: content,
  }))
}

/** Whoever a container runs as may write there, as in a pod's empty volume. */
function openFolder(name: string) {
  return { header: { name, type: 'directory' as const, size: 0, mode: 0o777, mtime: new Date() } }
}
