import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMemory } from './parse-memory.ts'

describe('parseMemory', () => {
  it.each([
    [1_048_576, 1_048_576],
    [2_000_000.5, 2_000_001],
    ['512Mi', 536_870_912],
    ['1.5Gi', 1_610_612_736],
    ['2048Ki', 2_097_152],
    ['500M', 500_000_000],
    ['2G', 2_000_000_000],
    ['2000K', 2_000_000],
  ])('reads %s as %i bytes', (memory, bytes) => {
    expect(parseMemory(memory)).toBe(bytes)
  })

  it.each([
    ['512mb', "did you mean '512M'?"],
    ['1 GiB', "did you mean '1Gi'?"],
    ['2g', "did you mean '2G'?"],
    ['512', "a number with its unit Ki, Mi, Gi, K, M or G ('512Mi')"],
    ['lots', 'is no amount of memory'],
    [-1, 'is less than the least'],
    [512, "'1Mi' (a bare number counts bytes); did you mean '512Mi'?"],
    [Number.NaN, 'is no amount of memory'],
    [Number.POSITIVE_INFINITY, 'is more than the most'],
    ['9999999Gi', "is more than the most, '1048576Gi'"],
    [{}, 'is no amount of memory'],
    [2_000_000n, 'is no amount of memory'],
  ])('refuses %s', (memory, text) => {
    expect(() => parseMemory(memory)).toThrow(RangeError)
    expect(() => parseMemory(memory)).toThrow(text)
  })

  it('gives whole bytes, or a RangeError, for whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true }), (memory) => {
        try {
          expect(Number.isSafeInteger(parseMemory(memory))).toBe(true)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
    )
  })
})
