import { formatDuration } from './format-duration.ts'

/** One tick of a time axis. */
export interface Tick {
  /** In microseconds. */
  readonly at: number
  /** `0`, `50 ms`, `1.5 s` */
  readonly label: string
}

/**
 * Ticks at round numbers (1, 2 or 5 times a power of ten) from 0 to `end`.
 *
 * @param end in microseconds, above 0
 * @param most how many ticks there may be besides 0, at least 1
 */
export function axisTicks(end: number, most: number): Tick[] {
  const rough = end / Math.max(1, most)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10)
  const count = Math.floor(end / step + 0.001)
  return Array.from({ length: count + 1 }, (_, index) => ({ at: index * step, label: label(index * step) }))
}

function label(micros: number): string {
  if (micros === 0) return '0'
  const [value = '', unit = ''] = formatDuration(micros).split(' ')
  return `${Number(value)} ${unit}`
}
