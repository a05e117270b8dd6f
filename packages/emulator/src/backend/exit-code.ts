import { constants } from 'node:os'

/** The exit code that engines give to a process that a signal has ended: 137 for SIGKILL. */
export function exitCodeOf(signal: string): number {
  return 128 + (constants.signals[signal as NodeJS.Signals] ?? 0)
}
