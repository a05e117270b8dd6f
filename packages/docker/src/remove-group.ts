import { type DockerHost, whileIn } from './docker-host.ts'
import type { Labels } from './docker-labels.ts'
import type { Volume } from './engine/index.ts'

const FORGOTTEN_AFTER_MS = 5_000

/**
 * Removes all of a run: its containers by force and at once, then what the run alone used, the `empty` volumes and the records of its lease.
 * Resolves when the engine has confirmed each.
 */
export async function removeGroup(host: DockerHost, ref: string, signal: AbortSignal): Promise<void> {
  const { engine } = host
  const filters = { label: [`berth-run=${ref}`] }
  await whileIn(host.removing, ref, async () => {
    const [containers, volumes] = await Promise.all([
      engine.containers.list({ all: true, filters, signal }),
      engine.volumes.list({ filters, signal }),
    ])
    await Promise.all(
      containers.map(({ Id }) => engine.containers.remove(Id, { force: true, volumes: true, signal })),
    )
    await Promise.all(volumes.filter(isContent).map(({ Name }) => engine.volumes.remove(Name, { signal })))
    // Last: until then the rest, should it stay, keeps the lease that it has.
    await Promise.all(
      volumes
        .filter((volume) => !isContent(volume))
        .map(({ Name }) => engine.volumes.remove(Name, { signal })),
    )
  })
  // The event stream, where there is one, tells those who hold it; it may come after the answer.
  setTimeout(() => host.views.delete(ref), FORGOTTEN_AFTER_MS).unref()
}

function isContent({ Labels }: Volume): boolean {
  return (Labels as Labels | null)?.['berth-role'] !== 'lease'
}
