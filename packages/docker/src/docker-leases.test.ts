import type { OwnershipTags } from '@berth/core'
import { expect, it } from 'vitest'
import { effectiveTags } from './docker-leases.ts'
import type { Volume } from './engine/index.ts'

const made: OwnershipTags = {
  'berth-run': 'web',
  'berth-owner': 'me',
  'berth-expires': '100',
  'berth-token': 'token',
  'berth-spec': 'spec',
  'berth-lifetime': 'scope',
}

function record(expires: string, second: number, renewed: number): Volume {
  return {
    Name: `berth-lease.web.${expires}`,
    Driver: 'local',
    Mountpoint: '',
    CreatedAt: new Date(second * 1_000).toISOString(),
    Labels: { ...made, 'berth-expires': expires, 'berth-role': 'lease', 'berth-renewed': String(renewed) },
  }
}

it('is what the run was made with, until there is a record', () => {
  expect(effectiveTags(made, [])).toEqual(made)
})

it('is the newest record by the engine, then by who renewed, however far its end', () => {
  expect(effectiveTags(made, [record('500', 10, 9), record('never', 11, 1)])['berth-expires']).toBe('never')
  expect(effectiveTags(made, [record('never', 10, 9), record('300', 11, 1)])['berth-expires']).toBe('300')
  expect(effectiveTags(made, [record('300', 11, 2), record('400', 11, 1)])['berth-expires']).toBe('300')
})
