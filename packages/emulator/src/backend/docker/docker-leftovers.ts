import { setTimeout as sleep } from 'node:timers/promises'
import { type EngineClient, EngineError } from '@berth/docker/engine'
import { isOwned, labelFilter } from './emulator-labels.ts'

const PAUSE_IN_MS = 50

/** How often a volume may be found in use: a container that is only being made uses its volumes before the engine lists it. */
const MAX_LOOKS = 100

/**
 * Removes the containers and volumes of emulators of that name whose process is gone; resolves with the number of containers. It looks again
 * until there is nothing: a call of a process that was killed may still be carried out.
 */
export async function removeDockerLeftovers(engine: EngineClient, name: string): Promise<number> {
  let count = 0
  for (let look = 1; ; look++) {
    const filters = labelFilter(name)
    const [containers, volumes] = await Promise.all([
      leftOf(await engine.containers.list({ all: true, filters })),
      leftOf(await engine.volumes.list({ filters })),
    ])
    if (containers.length + volumes.length === 0) return count
    await Promise.all(
      containers.map(({ Id }) => engine.containers.remove(Id, { force: true, volumes: true })),
    )
    count += containers.length
    await Promise.all(volumes.map(({ Name }) => engine.volumes.remove(Name))).catch(
      async (error: unknown) => {
        if (!(EngineError.isInstance(error) && error.status === 409) || look >= MAX_LOOKS) throw error
        await sleep(PAUSE_IN_MS)
      },
    )
  }
}

async function leftOf<T extends { readonly Labels: Readonly<Record<string, string>> | null }>(
  objects: readonly T[],
): Promise<T[]> {
  const owned = await Promise.all(objects.map(({ Labels }) => isOwned(Labels)))
  return objects.filter((_, index) => !owned[index])
}
