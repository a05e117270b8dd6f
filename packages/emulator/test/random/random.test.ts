import { describe, expect, it } from 'vitest'
import { Random } from '../../src/random/random.ts'

const take = (seed: number, label: string, count: number) => {
  const numbers = new Random(seed).numbers(label)
  return Array.from({ length: count }, numbers)
}

describe('Random', () => {
  it('repeats itself by seed and label', () => {
    expect(take(1, 'a', 5)).toEqual(take(1, 'a', 5))
    expect(take(1, 'a', 5)).not.toEqual(take(1, 'b', 5))
    expect(take(1, 'a', 5)).not.toEqual(take(2, 'a', 5))
  })

  it('is spread evenly enough over [0, 1)', () => {
    const numbers = take(42, 'spread', 10_000)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const count = numbers.filter((number) => Math.floor(number * 10) === tenth).length
      expect(Math.abs(count - 1_000)).toBeLessThan(150)
    }
  })
})
