/** The rate that a share of successes supports at least, with 95 % confidence (Clopper-Pearson, one-sided). */
export function leastRate(successes: number, trials: number): number {
  if (successes === 0) return 0
  let low = 0
  let high = 1
  for (let step = 0; step < 50; step++) {
    const rate = (low + high) / 2
    if (atLeast(successes, trials, rate) > 0.05) high = rate
    else low = rate
  }
  return low
}

/** The probability of so many successes or more. */
function atLeast(successes: number, trials: number, rate: number): number {
  let sum = 0
  let logMass = trials * Math.log1p(-rate)
  for (let count = 0; count <= trials; count++) {
    if (count >= successes) sum += Math.exp(logMass)
    logMass += Math.log((trials - count) / (count + 1)) + Math.log(rate / (1 - rate))
  }
  return sum
}
