import type { RestartPolicyBody } from './task-definition-body.ts'

const DEFAULT_PERIOD_IN_S = 300

/** Whether a container is started again: only one that ran for long enough is. `ranForInMs` is an emulated duration. */
export function isRestartedAfter(
  exitCode: number,
  ranForInMs: number,
  {
    enabled = false,
    ignoredExitCodes = [],
    restartAttemptPeriod = DEFAULT_PERIOD_IN_S,
  }: RestartPolicyBody = {},
): boolean {
  return enabled && !ignoredExitCodes.includes(exitCode) && ranForInMs >= restartAttemptPeriod * 1_000
}
