interface Quantity {
  readonly value: string
  readonly unit: 'ms' | 's'
}

/** From here on three significant digits of milliseconds would round to 1000. */
const SECONDS_FROM = 999_500

/** Which way what does not fit into three digits goes: to the nearest, or, of a bound, so that it claims no more than is known. */
export type Rounding = 'nearest' | 'down' | 'up'

/** Microseconds for people, in three significant digits: `0.830 ms`, `9.43 ms`, `231 ms`, `1.20 s`, `300 s`. */
export function formatDuration(micros: number, rounding: Rounding = 'nearest'): string {
  const { value, unit } = durationParts(micros, rounding)
  return `${value} ${unit}`
}

/** The same in two parts, to be aligned under each other. */
export function durationParts(micros: number, rounding: Rounding = 'nearest'): Quantity {
  const unit = unitOf(micros)
  return { value: threeDigits(micros / scale(unit), rounding), unit }
}

/** The bounds of a duration around the figure shown. */
export interface Bounded {
  readonly duration: number
  readonly atLeast: number
  readonly atMost: number
}

/**
 * How far the true duration may lie from the one shown, in its unit: `±2.5`, `−2 +28`. In two significant digits, no finer than the
 * figure itself, and outwards: figure and bounds together never claim more than is known. `exact` where there is nothing to tell.
 */
export function formatBounds({ duration, atLeast, atMost }: Bounded): string {
  // No time is negative, even where the order of two marks is not known.
  const least = Math.max(0, atLeast)
  if (duration <= least && duration >= atMost) return 'exact'
  const { value, unit } = durationParts(duration)
  const shown = Math.round(Number(value) * scale(unit))
  const digit = scale(unit) / 10 ** (value.split('.')[1]?.length ?? 0)
  const below = outwards(shown - least, digit)
  const above = outwards(atMost - shown, digit)
  const inUnit = (micros: number) => String(Number((micros / scale(unit)).toPrecision(3)))
  if (Math.abs(below - above) <= digit) return `±${inUnit(Math.max(below, above))}`
  return [below > 0 && `−${inUnit(below)}`, above > 0 && `+${inUnit(above)}`].filter(Boolean).join(' ')
}

/** To two significant digits, or to whole ones of the last digit of the figure where that is coarser. */
function outwards(micros: number, digit: number): number {
  if (micros <= 0) return 0
  const step = Math.max(digit, 10 ** (Math.floor(Math.log10(micros)) - 1))
  return Math.ceil(micros / step) * step
}

function unitOf(micros: number): Quantity['unit'] {
  return Math.abs(micros) < SECONDS_FROM ? 'ms' : 's'
}

function scale(unit: Quantity['unit']): number {
  return unit === 'ms' ? 1_000 : 1_000_000
}

function threeDigits(value: number, rounding: Rounding): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  const decimals = size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0
  if (rounding === 'nearest') return value.toFixed(decimals)
  // Figures are whole microseconds: what a division by a thousand adds beyond is no digit to round by.
  const digits = Number((value * 10 ** decimals).toFixed(6))
  return ((rounding === 'down' ? Math.floor(digits) : Math.ceil(digits)) / 10 ** decimals).toFixed(decimals)
}
