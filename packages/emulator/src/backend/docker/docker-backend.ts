import { createEngineClient, type EngineClientOptions, ensurePauseImage } from '@berth/docker/engine'
import type { Backend } from '../backend.ts'
import { podRegistry } from '../pod-registry.ts'
import { removeDockerLeftovers } from './docker-leftovers.ts'
import type { DockerPlace } from './docker-place.ts'
import { createDockerSandbox } from './docker-sandbox.ts'
import { ownerLabels } from './emulator-labels.ts'
import { probeBridge } from './probe-bridge.ts'
import { pullImage } from './pull-image.ts'

/**
 * Containers on a container engine; a pod is a container that holds the network, and others that join it. Fails where no engine answers,
 * or where one cannot run Linux containers.
 */
export async function createDockerBackend(name: string, options: EngineClientOptions = {}): Promise<Backend> {
  const engine = createEngineClient(options)
  try {
    await removeDockerLeftovers(engine, name)
    const labels = ownerLabels(name)
    const [{ NCPU }, { Components = [] }] = await Promise.all([
      engine.info(),
      engine.version(),
      ensurePauseImage(engine),
    ])
    const isPodman = Components.some((component) => component.Name.includes('Podman'))
    const bridgeIsReachable = await probeBridge(engine, labels)
    const place: DockerPlace = {
      engine,
      name,
      labels,
      processorCount: NCPU,
      logDriver: isPodman ? undefined : 'local',
      bridgeIsReachable,
    }
    const pods = podRegistry((spec) => createDockerSandbox(place, spec))
    return {
      kind: 'docker',
      addressing: bridgeIsReachable ? "addresses of the engine's bridge" : 'mapped ports of 127.0.0.1',
      pull: (image, pullOptions) => pullImage(engine, image, pullOptions),
      createPod: pods.create,
      async close() {
        await pods.close()
        engine.close()
      },
    }
  } catch (error) {
    engine.close()
    throw error
  }
}
