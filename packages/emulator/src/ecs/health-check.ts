import type { Pod } from '../backend/backend.ts'
import { runCommand } from '../backend/run-command.ts'
import type { EmulatedTime } from '../clock/emulated-time.ts'
import type { HealthCheckBody } from './task-definition-body.ts'

export type HealthStatus = 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY'

export interface HealthWatch {
  readonly check: HealthCheckBody
  readonly pod: Pod
  readonly container: string
  readonly time: EmulatedTime
  /** Ends with the instance. */
  readonly signal: AbortSignal
}

/** Checks a container as Docker does: the first time one interval after its start; failures count once the start period is over. */
export async function watchHealth(watch: HealthWatch, tell: (health: HealthStatus) => void): Promise<void> {
  const { check, time, signal } = watch
  const { interval = 30, retries = 3, startPeriod = 0 } = check
  let failures = 0
  try {
    for (let elapsed = interval; ; elapsed += interval) {
      await time.pass(interval * 1_000, signal)
      const isHealthy = await attempt(watch)
      signal.throwIfAborted()
      if (isHealthy) {
        failures = 0
        tell('HEALTHY')
      } else if (elapsed >= startPeriod) {
        failures += 1
        if (failures >= retries) tell('UNHEALTHY')
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

async function attempt({ check, pod, container, time, signal }: HealthWatch): Promise<boolean> {
  const [kind = '', ...words] = check.command ?? []
  const command =
    kind === 'CMD'
      ? words
      : ['/bin/sh', '-c', kind === 'CMD-SHELL' ? words.join(' ') : [kind, ...words].join(' ')]
  // Not less than half a second of real time: programs do not run faster for the time scale.
  const timeoutInMs = Math.max(500, time.toReal((check.timeout ?? 5) * 1_000))
  const both = AbortSignal.any([signal, AbortSignal.timeout(timeoutInMs)])
  try {
    const { exitCode } = await runCommand(pod, container, command, both)
    return exitCode === 0
  } catch {
    return false
  }
}
