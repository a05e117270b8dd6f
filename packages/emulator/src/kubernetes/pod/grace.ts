import type { EmulatedTime } from '../../clock/emulated-time.ts'

/** A grace here. A second of real time is left of it: programs do not end faster for the time scale. */
export function graceInMs(seconds: number, time: EmulatedTime): number {
  const inMs = seconds * 1_000
  return Math.max(Math.min(1_000, inMs), time.toReal(inMs))
}
