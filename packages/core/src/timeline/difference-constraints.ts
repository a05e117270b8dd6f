/**
 * A system of constraints `x[to] - x[from] <= weight` over a dozen unknowns, and its closure: the tightest such bound between
 * every two unknowns (Floyd-Warshall). Weights are integers, so the closure is exact.
 */
export class DifferenceConstraints {
  readonly #size: number
  readonly #bounds: Float64Array

  /** `size` unknowns, numbered from 0, nothing known of any. */
  constructor(size: number) {
    this.#size = size
    this.#bounds = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
    for (let node = 0; node < size; node++) this.#bounds[node * size + node] = 0
  }

  /**
   * Demands `atLeast <= x[to] - x[from] <= atMost`; an infinite side demands nothing. A weaker demand than an earlier one is void.
   * @throws RangeError where a bound is finite and no safe integer: it would make the closure inexact.
   */
  demand(from: number, to: number, atLeast: number, atMost: number): void {
    this.#tighten(from, to, atMost)
    this.#tighten(to, from, -atLeast)
  }

  /** Closes the system in place. False where the demands contradict each other; the bounds then mean nothing. */
  close(): boolean {
    const size = this.#size
    const bounds = this.#bounds
    for (let via = 0; via < size; via++) {
      for (let from = 0; from < size; from++) {
        const first = bounds[from * size + via] ?? Number.POSITIVE_INFINITY
        if (first === Number.POSITIVE_INFINITY) continue
        for (let to = 0; to < size; to++) {
          const along = first + (bounds[via * size + to] ?? Number.POSITIVE_INFINITY)
          if (along < (bounds[from * size + to] ?? Number.POSITIVE_INFINITY)) bounds[from * size + to] = along
        }
      }
      // At every step, not at the end: round a negative cycle the weights double with each step and would leave the integers.
      for (let node = 0; node < size; node++) if ((bounds[node * size + node] ?? 0) < 0) return false
    }
    return true
  }

  /** The greatest `x[to] - x[from]` can be; Infinity where nothing bounds it. */
  atMost(from: number, to: number): number {
    return this.#bounds[from * this.#size + to] ?? Number.POSITIVE_INFINITY
  }

  /** The least `x[to] - x[from]` can be; -Infinity where nothing bounds it. */
  atLeast(from: number, to: number): number {
    return 0 - this.atMost(to, from)
  }

  #tighten(from: number, to: number, weight: number): void {
    if (weight === Number.POSITIVE_INFINITY) return
    if (!Number.isSafeInteger(weight))
      throw new RangeError(`a difference constraint needs a safe integer, not ${weight}`)
    const index = from * this.#size + to
    if (weight < (this.#bounds[index] ?? Number.POSITIVE_INFINITY)) this.#bounds[index] = weight
  }
}
