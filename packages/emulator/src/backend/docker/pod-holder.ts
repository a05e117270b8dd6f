import {
  type ContainerCreateBody,
  type ContainerInspect,
  type EngineClient,
  EngineError,
  ensurePauseImage,
  type MountBody,
  pauseImage,
} from '@berth/docker/engine'
import type { PodAddress, PodPort, PodSpec } from '../backend.ts'
import { bridgeAddress } from './bridge-address.ts'
import type { DockerPlace } from './docker-place.ts'

const LOOPBACK = '127.0.0.1'

/** Makes the container that only waits, and holds the network that the others of its pod join; it is not started. Resolves with its id. */
export async function createHolder(
  { engine, bridgeIsReachable }: DockerPlace,
  name: string,
  { hostname, ports }: PodSpec,
  { labels, mounts }: { labels: Readonly<Record<string, string>>; mounts: readonly MountBody[] },
): Promise<string> {
  const published = bridgeIsReachable ? [] : ports
  const body: ContainerCreateBody = {
    Image: pauseImage,
    Hostname: hostname,
    Labels: labels,
    ExposedPorts: Object.fromEntries(published.map((port) => [keyOf(port), {}])),
    HostConfig: {
      NetworkMode: 'bridge',
      Mounts: mounts,
      PortBindings: Object.fromEntries(published.map((port) => [keyOf(port), [{ HostIp: LOOPBACK }]])),
    },
  }
  const create = async () => (await engine.containers.create(body, { name })).Id
  try {
    return await create()
  } catch (error) {
    if (!EngineError.isInstance(error) || error.status !== 404) throw error
    // Somebody has pruned the image since it was made.
    await ensurePauseImage(engine, { again: true })
    return create()
  }
}

/** Where a pod's ports answer from this machine. */
export interface PodPlace {
  readonly host: string
  address(port: PodPort): PodAddress
}

/** Reads it of the holder, once that runs. */
export async function placeOfHolder(
  engine: EngineClient,
  holder: string,
  bridgeIsReachable: boolean,
): Promise<PodPlace> {
  const inspected = await engine.containers.inspect(holder)
  const host = bridgeIsReachable ? bridgeAddress(inspected) : LOOPBACK
  if (inspected === null || host === null) {
    throw new Error(
      `container ${holder}, which holds a pod's network, has no address; was it removed by hand?`,
    )
  }
  if (bridgeIsReachable) return { host, address: ({ port }) => ({ host, port, mapped: false }) }
  return { host, address: (port) => ({ host, port: publishedPort(inspected, port), mapped: true }) }
}

function publishedPort({ NetworkSettings }: ContainerInspect, port: PodPort): number {
  const published = NetworkSettings.Ports?.[keyOf(port)]?.[0]?.HostPort
  if (published) return Number(published)
  throw new Error(`port ${keyOf(port)} is not among the ports of its pod, so it was not published`)
}

function keyOf({ port, protocol }: PodPort): string {
  return `${port}/${protocol}`
}
