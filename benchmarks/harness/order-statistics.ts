/** A sample's quantile with its 95 % confidence interval. */
export interface Quantile {
  readonly value: number
  /** Between order statistics, so it assumes nothing of the distribution; null where the sample is too small for one. */
  readonly interval: readonly [low: number, high: number] | null
}

const TAIL = 0.025

/**
 * The quantile of a sample by linear interpolation, nothing trimmed, and the interval between two of its order statistics that
 * covers the true quantile with at least 95 %: it needs 6 values for a median and 72 for a p95.
 *
 * @throws RangeError for an empty sample
 */
export function quantile(sample: readonly number[], probability: number): Quantile {
  if (sample.length === 0) throw new RangeError('a quantile needs at least one value')
  const sorted = sample.toSorted((left, right) => left - right)
  const place = (sorted.length - 1) * probability
  const below = at(sorted, Math.floor(place))
  const value = below + (at(sorted, Math.ceil(place)) - below) * (place - Math.floor(place))
  const ranks = intervalRanks(sorted.length, probability)
  return { value, interval: ranks && [at(sorted, ranks[0]), at(sorted, ranks[1])] }
}

/** Zero-based ranks: the number of values below the quantile is binomial, whatever the distribution. */
function intervalRanks(size: number, probability: number): [number, number] | null {
  let cumulative = 0
  let low = -1
  let high = -1
  let logMass = size * Math.log1p(-probability) // the mass itself would underflow
  for (let count = 0; count < size; count++) {
    cumulative += Math.exp(logMass)
    // value number k+1 lies above the quantile only if at most k values lie below it
    if (cumulative <= TAIL) low = count
    if (high < 0 && cumulative >= 1 - TAIL) high = count
    logMass += Math.log((size - count) / (count + 1)) + Math.log(probability / (1 - probability))
  }
  return low < 0 || high < 0 ? null : [low, high]
}

function at(sorted: readonly number[], index: number): number {
  const value = sorted[index]
  if (value === undefined) throw new RangeError(`no value at ${index}`)
  return value
}
