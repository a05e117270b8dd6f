import { quantile } from './order-statistics.ts'

/** `12.3 [11.9, 12.8]`; where the sample allows no interval it says so. */
export function formatMedian(sample: readonly number[], digits: number): string {
  return formatQuantile(sample, 0.5, digits)
}

export function formatQuantile(sample: readonly number[], probability: number, digits: number): string {
  if (sample.length === 0) return 'none'
  const { value, interval } = quantile(sample, probability)
  const around = interval ? `[${interval.map((bound) => bound.toFixed(digits)).join(', ')}]` : '(n too small)'
  return `${value.toFixed(digits)} ${around}`
}
