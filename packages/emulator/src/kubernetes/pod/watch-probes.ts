import type { Pod as Sandbox } from '../../backend/backend.ts'
import type { EmulatedTime } from '../../clock/emulated-time.ts'
import type { Container } from '../objects/pod.ts'
import type { ContainerEvents } from './container-events.ts'
import { graceInMs } from './grace.ts'
import { watchProbe } from './watch-probe.ts'

export interface ProbesWatch {
  readonly container: Container
  readonly sandbox: Sandbox
  /** What its commands may refer to. */
  readonly env: Readonly<Record<string, string>>
  readonly time: EmulatedTime
  /** Ends with the instance. */
  readonly signal: AbortSignal
  readonly events: ContainerEvents
  readonly onStarted: () => void
  readonly onReady: (isReady: boolean) => void
  /** What a container is given that is to be restarted, where its probe does not say. */
  readonly graceInSeconds: number
}

/** Watches one instance by its probes. While it starts only its startup probe counts; one that fails for good has it stopped. */
export function watchProbes(watch: ProbesWatch): void {
  const { container, events, onStarted } = watch
  const { startupProbe } = container
  if (!startupProbe) {
    watchStarted(watch)
    return
  }
  void watchProbe({
    ...watch,
    probe: startupProbe,
    onAttemptFailed: (reason) => events.tell('Unhealthy', `Startup probe failed: ${reason}`),
    onResult: (succeeded) => {
      if (!succeeded) {
        restart(watch, 'startup', startupProbe.terminationGracePeriodSeconds)
        return false
      }
      onStarted()
      watchStarted(watch)
      return true
    },
  })
}

function watchStarted(watch: ProbesWatch): void {
  const { container, events, onReady } = watch
  const { readinessProbe, livenessProbe } = container
  if (readinessProbe)
    void watchProbe({
      ...watch,
      probe: readinessProbe,
      onAttemptFailed: (reason) => events.tell('Unhealthy', `Readiness probe failed: ${reason}`),
      onResult: (succeeded) => {
        onReady(succeeded)
        return false
      },
    })
  if (livenessProbe)
    void watchProbe({
      ...watch,
      probe: livenessProbe,
      onAttemptFailed: (reason) => events.tell('Unhealthy', `Liveness probe failed: ${reason}`),
      onResult: (succeeded) => {
        if (!succeeded) restart(watch, 'liveness', livenessProbe.terminationGracePeriodSeconds)
        return false
      },
    })
}

function restart(watch: ProbesWatch, kind: string, grace = watch.graceInSeconds): void {
  const { container, sandbox, events, time } = watch
  events.tell('Killing', `Container ${container.name} failed ${kind} probe, will be restarted`)
  // It may end by itself at that moment: then there is nothing to stop.
  sandbox.stop(container.name, graceInMs(grace, time)).catch(() => {})
}
