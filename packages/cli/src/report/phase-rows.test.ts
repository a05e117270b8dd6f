import { expect, test } from 'vitest'
import { joinPhases } from './join-phases.ts'
import { phaseRows } from './phase-rows.ts'
import {
  cloudStart,
  dockerStart,
  failedStart,
  lopsidedStart,
  processStart,
  timelineOf,
} from './testing/sample-records.ts'

const names = (rows: ReturnType<typeof phaseRows>) =>
  rows.map(({ name, contains }) => [name, ...contains].join(' '))

test('the rows are the union of all phases, each start in its own order', () => {
  expect(names(phaseRows([dockerStart(), lopsidedStart(), cloudStart()]))).toEqual([
    'accept',
    'schedule',
    'prepare',
    'unattributed address prepare',
    'pull',
    'create',
    'start',
    'boot',
    'unattributed address boot',
    'detection',
  ])
})

test('a failed start has no figures', () => {
  const rows = phaseRows([dockerStart(), failedStart()])
  expect(rows.map(({ cells }) => cells[0] !== undefined)).toEqual(rows.map(() => true))
  expect(rows.map(({ cells }) => cells[1])).toEqual(rows.map(() => undefined))
  expect(phaseRows([failedStart()])).toEqual([])
})

test('pieces of one phase become one, with the tighter of the bounds', () => {
  const timeline = processStart().timeline ?? timelineOf([])
  const pieces = timeline.phases.filter(({ name }) => name === 'create')
  expect(pieces).toHaveLength(2)
  const [create] = joinPhases(timeline)
  // Whatever lay between, the container existed after 0.4 ms at the earliest and after 0.6 ms at the latest.
  expect(create).toMatchObject({ name: 'create', from: 'requested', to: 'created', duration: 500 })
  expect(create).toMatchObject({ atLeast: 400, atMost: 600 })
})

test('joining keeps the sum', () => {
  for (const { timeline } of [dockerStart(), processStart(), cloudStart(), lopsidedStart()]) {
    const joined = timeline === null ? [] : joinPhases(timeline)
    expect(joined.reduce((sum, { duration }) => sum + duration, 0)).toBe(timeline?.total)
  }
})
