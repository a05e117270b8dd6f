import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bindingAttempts, type ProbeAttempt, readinessBounds } from './readiness-bounds.ts'

const success = (sentAt: number, endedAt: number): ProbeAttempt => ({ sentAt, endedAt, outcome: 'success' })
const failure = (sentAt: number, endedAt: number): ProbeAttempt => ({
  sentAt,
  endedAt,
  outcome: 'explicit-failure',
})
const silent = (sentAt: number, endedAt?: number): ProbeAttempt => ({ sentAt, endedAt, outcome: 'silent' })

test('there are none before the first success', () => {
  expect(readinessBounds([])).toBeUndefined()
  expect(readinessBounds([failure(0, 5), silent(10)])).toBeUndefined()
})

test('the upper bound is the first success received, not the first sent', () => {
  expect(readinessBounds([success(10, 90), success(20, 40)])?.upper).toBe(40)
})

describe('the lower bound', () => {
  test('is the latest sent among the explicit failures', () => {
    expect(readinessBounds([failure(0, 5), failure(25, 30), success(50, 55)])?.lower).toBe(25)
  })

  test('is not where its answer came after the success: that may have been the sending behind', () => {
    expect(readinessBounds([failure(0, 5), failure(45, 70), success(50, 55)])?.lower).toBe(0)
  })

  test('is none where nothing failed', () => {
    expect(readinessBounds([success(50, 55)])).toEqual({
      upper: 55,
      lower: undefined,
      inferred: undefined,
      unsteady: false,
    })
  })

  test('does not rest on probes that hung or were aborted', () => {
    expect(readinessBounds([silent(0, 40), silent(10), success(50, 55)])?.lower).toBeUndefined()
  })

  test('falls where it fails again after the success', () => {
    const bounds = readinessBounds([failure(0, 5), success(50, 55), failure(80, 85), success(100, 105)])
    expect(bounds).toEqual({ upper: 55, unsteady: true })
  })

  test('stays where a probe after the success merely hangs', () => {
    expect(readinessBounds([failure(0, 5), success(50, 55), silent(80, 180)])).toMatchObject({
      lower: 0,
      unsteady: false,
    })
  })
})

describe('the inferred bound', () => {
  const hung = [silent(0, 30), silent(10, 40), silent(20, 50), silent(30), silent(40)]

  test('is the third-last probe that hung three times as long as the success took', () => {
    // Round trip 5: those sent at 0 … 40 hung for 15 and more until 60 at the latest.
    expect(readinessBounds([...hung, success(55, 60)])?.inferred).toBe(20)
    // Round trip 9: the one sent at 40 hung for 20 < 27.
    expect(readinessBounds([...hung, success(51, 60)])?.inferred).toBe(10)
  })

  test('needs three', () => {
    expect(readinessBounds([...hung.slice(0, 2), success(55, 60)])?.inferred).toBeUndefined()
  })

  test('is left out where an explicit failure tells more', () => {
    expect(readinessBounds([...hung, failure(45, 46), success(55, 60)])).toMatchObject({
      lower: 45,
      inferred: undefined,
    })
  })
})

test('the attempts that are kept tell the same as all', () => {
  const attempt = fc
    .tuple(
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 1, max: 200 }),
      fc.constantFrom('explicit-failure', 'silent'),
    )
    .map(
      ([sentAt, took, outcome]): ProbeAttempt => ({
        sentAt,
        endedAt: sentAt + took,
        outcome: outcome as 'silent',
      }),
    )
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 60 }), fc.integer({ min: 1, max: 50 }), (before, took) => {
      const end = success(1_200, 1_200 + took)
      expect(readinessBounds([...bindingAttempts(before), end])).toEqual(readinessBounds([...before, end]))
      expect(
        bindingAttempts(before).filter(({ outcome }) => outcome === 'explicit-failure').length,
      ).toBeLessThanOrEqual(1)
    }),
  )
})

test('the attempts kept are bounded', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => silent(index * 25, index * 25 + 250))
  expect(bindingAttempts(many).length).toBeLessThanOrEqual(256)
})
