import { NEVER_ABORTED, type Observation } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { MAIN } from './docker-names.ts'
import { stopGroup } from './stop-group.ts'

/**
 * Ends the sidecars of a run whose main container has ended for good. The engine knows nothing of groups, so this falls to
 * whichever process first learns of it: by a watch, or by asking for the run's state. Nobody waits for it; one that fails is made up for by
 * the next process that looks, or by the run's removal.
 */
export function endWithMain(
  host: DockerHost,
  { ref, phase, containers }: Pick<Observation, 'ref' | 'phase' | 'containers'>,
): void {
  const inHand = host.creating.has(ref) || host.restarting.has(ref) || host.removing.has(ref)
  if (phase !== 'stopped' || inHand) return
  const running = Object.entries(containers).some(([name, { state }]) => name !== MAIN && state === 'running')
  if (running) void stopGroup(host, ref, undefined, NEVER_ABORTED).catch(() => {})
}
