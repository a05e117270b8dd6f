import { BerthError } from '@berth/core'
import { type DockerHost, whileIn } from './docker-host.ts'
import { groupContainers } from './group-containers.ts'
import { stopGroup } from './stop-group.ts'

/** Stops a run's containers with the grace and starts them again, the holder of their network first. Init containers do not run again. */
export async function restartGroup(
  host: DockerHost,
  ref: string,
  graceInMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = host
  await whileIn(host.restarting, ref, async () => {
    const containers = (await groupContainers(host, ref, signal)).filter(({ role }) => role !== 'init')
    if (containers.length === 0) throw absent(ref)
    const timeout = Math.ceil(graceInMs / 1_000)
    const [only] = containers
    if (only && containers.length === 1) {
      await engine.containers.restart(only.id, { timeout, signal })
      return
    }
    await stopGroup(host, ref, graceInMs, signal)
    const start = (ids: readonly { readonly id: string }[]) =>
      Promise.all(ids.map(({ id }) => engine.containers.start(id, { signal })))
    await start(containers.filter(({ role }) => role === 'network'))
    await start(containers.filter(({ role }) => role !== 'network'))
  })
}

function absent(ref: string): BerthError {
  return new BerthError({
    code: 'not-found',
    message: `${ref} is not there any more, so it cannot be restarted`,
  })
}
