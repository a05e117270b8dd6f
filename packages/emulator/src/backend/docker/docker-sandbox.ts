import type { PodSpec } from '../backend.ts'
import { connectTcp } from '../connect-tcp.ts'
import type { Sandbox } from '../sandbox.ts'
import { containerBody } from './container-body.ts'
import { dockerInstance } from './docker-instance.ts'
import type { DockerPlace } from './docker-place.ts'
import { podLabels } from './emulator-labels.ts'
import { createHolder, type PodPlace, placeOfHolder } from './pod-holder.ts'
import { podVolumes } from './pod-volumes.ts'
import { startContainer } from './start-container.ts'

/** Makes a pod: the container that holds its network, and its volumes, filled. Each instance of a container will be one of the engine. */
export async function createDockerSandbox(place: DockerPlace, spec: PodSpec): Promise<Sandbox> {
  const { engine } = place
  const name = `${place.name}-${spec.name}`
  const labels = podLabels(place.labels, spec)
  const volumes = podVolumes(place, spec, labels)
  const holder = await createHolder(place, name, spec, { labels, mounts: volumes.mounts })

  async function remove(): Promise<void> {
    await engine.containers.remove(holder, { force: true })
    await volumes.remove()
  }

  const { host, address }: PodPlace = await open().catch(async (error: unknown) => {
    await remove()
    throw error
  })

  async function open(): Promise<PodPlace> {
    await volumes.fill(holder)
    await engine.containers.start(holder)
    return placeOfHolder(engine, holder, place.bridgeIsReachable)
  }

  return {
    host,
    address,
    connect: (port) => connectTcp(address({ port, protocol: 'tcp' })),
    async start(container, number) {
      const mounts = await Promise.all(container.mounts.map((mount) => volumes.mountOf(holder, mount)))
      const body = containerBody(place, container, {
        holder,
        mounts,
        labels: { ...labels, 'berth-emulator-container': container.name },
      })
      const { id, started } = await startContainer(engine, `${name}-${container.name}-${number}`, body)
      return dockerInstance(engine, { id, tty: container.tty ?? false, started })
    },
    remove,
  }
}
