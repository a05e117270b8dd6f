import { posix } from 'node:path'
import type { MountBody } from '@berth/docker/engine'
import { resolveInRoot } from '@berth/process/runner'
import { packTar, type TarEntry } from 'modern-tar'
import type { ContainerSpec, PodSpec, PodVolume } from '../backend.ts'
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

/** Where the holder has them, each under its name. */
const FOLDER = '/volumes'

export function podVolumes(
  { engine, name }: DockerPlace,
  { name: pod, volumes }: PodSpec,
  labels: Readonly<Record<string, string>>,
): PodVolumes {
  const names = Object.keys(volumes)
  const volumeName = (volume: string) => `${name}-${pod}-${volume}`

  async function put(holder: string, entries: TarEntry[]): Promise<void> {
    await engine.containers.putArchive(holder, FOLDER, await packTar(entries))
  }

  /** Where on the engine's machine a part of a volume is. Newer engines can mount one as such; by this path all can. */
  async function sourceOfPart(holder: string, volume: string, subPath: string): Promise<string> {
    const part = `${volume}${resolveInRoot('/', subPath)}`
    if (volumes[volume]?.kind === 'empty') {
      const found = await engine.containers.statPath(holder, posix.join(FOLDER, part))
      if (found === null) await put(holder, [openFolder(part)])
    }
    const inspected = await engine.volumes.inspect(volumeName(volume))
    if (inspected === null)
      throw new TypeError(`volume ${volumeName(volume)} is gone; was it removed by hand?`)
    return posix.join(inspected.Mountpoint, resolveInRoot('/', subPath))
  }

  return {
    mounts: names.map((volume) => ({
      Type: 'volume',
      Source: volumeName(volume),
      Target: posix.join(FOLDER, volume),
      VolumeOptions: { Labels: labels },
    })),
    async fill(holder) {
      const entries = Object.entries(volumes).flatMap(([volume, content]) => contentOf(volume, content))
      if (entries.length > 0) await put(holder, entries)
    },
    async mountOf(holder, { volume, path, readOnly, subPath }) {
      if (volumes[volume] === undefined) throw new TypeError(`pod ${pod} has no volume ${volume}`)
      const mount = { Target: path, ReadOnly: readOnly }
      if (subPath) return { ...mount, Type: 'bind', Source: await sourceOfPart(holder, volume, subPath) }
      return { ...mount, Type: 'volume', Source: volumeName(volume), VolumeOptions: { NoCopy: true } }
    },
    async remove() {
      await Promise.all(names.map((volume) => engine.volumes.remove(volumeName(volume))))
    },
  }
}

function contentOf(volume: string, content: PodVolume): TarEntry[] {
  if (content.kind === 'empty') return [openFolder(volume)]
  return Object.entries(content.files).map(([path, body]) => ({
    header: {
      name: `${volume}${resolveInRoot('/', path)}`,
      size: body.length,
      mode: content.modes?.[path] ?? content.mode ?? 0o644,
      mtime: new Date(),
    },
    body,
  }))
}

/** Whoever a container runs as may write there, as in a pod's empty volume. */
function openFolder(path: string): TarEntry {
  return { header: { name: `${path}/`, type: 'directory', size: 0, mode: 0o777, mtime: new Date() } }
}
