/** Numbers in [0, 1), the same ones for the same seed and label. */
export type RandomNumbers = () => number

/**
 * Seeded randomness. Each label has a sequence of its own, so that a run can be replayed although its requests
 * arrive in another order.
 */
export class Random {
  readonly seed: number

  constructor(seed: number) {
    this.seed = seed >>> 0
  }

  /** A new sequence for a label, from its beginning. */
  numbers(label: string): RandomNumbers {
    let state = hash(label, this.seed)
    // mulberry32: small, and good enough for durations and faults; nothing secret is drawn from it.
    return () => {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = state
      mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
    }
  }
}

/** FNV-1a over the label, begun with the seed. */
function hash(label: string, seed: number): number {
  let value = (seed ^ 0x811c9dc5) >>> 0
  for (const byte of Buffer.from(label)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}
