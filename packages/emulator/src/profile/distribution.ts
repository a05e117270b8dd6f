import type { RandomNumbers } from '../random/random.ts'

/** A duration in milliseconds, or the least and the most of one, between which each is as likely. */
export type Duration = number | readonly [least: number, most: number]

export function drawDuration(duration: Duration, numbers: RandomNumbers): number {
  if (typeof duration === 'number') return duration
  const [least, most] = duration
  return least + (most - least) * numbers()
}

/** @throws RangeError */
export function checkDuration(duration: Duration, name: string): void {
  const [least, most] = typeof duration === 'number' ? [duration, duration] : duration
  if (!(least >= 0 && most >= least && Number.isFinite(most)))
    throw new RangeError(
      `the duration of ${name} is ${JSON.stringify(duration)}; it must be milliseconds, or [least, most]`,
    )
}
