import { expect, test } from 'vitest'
import type { Evidence } from '../contract/evidence.ts'
import { checkEvidence } from './check-evidence.ts'
import { recorder } from './testing/recorded-start.ts'

const STAMP = {
  kind: 'stamp',
  mark: 'started',
  source: 'startedAt',
  machine: 'node',
  timeInMicros: 1_000_000,
  resolutionInMicros: 1,
} as const
const SIGHTING = { kind: 'sighting', mark: 'started', source: 'answer' } as const

test.each<[string, Evidence, string]>([
  ['a stamp without a time', { ...STAMP, timeInMicros: Number.NaN }, 'must be a finite number, not NaN'],
  ['a resolution that is none', { ...STAMP, resolutionInMicros: Number.POSITIVE_INFINITY }, 'not Infinity'],
  ['a sighting at no time', { ...SIGHTING, latest: Number.POSITIVE_INFINITY }, 'not Infinity'],
  ['a sighting since no time', { ...SIGHTING, earliest: Number.NaN }, 'not NaN'],
  [
    'one the wrong way round',
    { ...SIGHTING, earliest: 9, latest: 8 },
    'cannot lie between 9 and the earlier 8',
  ],
])('%s is an error of the adapter, told when it is added', (_, evidence, message) => {
  expect(() => checkEvidence(evidence)).toThrow(RangeError)
  expect(() => recorder().add(evidence)).toThrow(message)
})

test.each<[string, Evidence]>([
  ['a stamp', STAMP],
  ['a sighting on one side', { ...SIGHTING, latest: 8 }],
  ['one that is exact', { ...SIGHTING, earliest: 8, latest: 8 }],
])('%s is none', (_, evidence) => {
  expect(() => checkEvidence(evidence)).not.toThrow()
})
