import { describe, expect, it } from 'vitest'
import { explain } from './explained-differences.ts'
import { findDifferences } from './find-differences.ts'
import type { Answer } from './read-recording.ts'

const recorded: Answer = {
  status: 200,
  headers: { date: 'Mon, 21 Oct 2019 11:43:29 GMT' },
  body: {
    name: 'web',
    tags: {},
    ports: [{ port: 80 }],
    events: [{ name: 'Pulled', message: 'done', count: 1 }],
  },
}

describe('the judge of recorded traffic', () => {
  it('finds no difference where there is none', () => {
    expect(findDifferences(recorded, structuredClone(recorded))).toEqual({ fieldCount: 13, differences: [] })
  })

  it.each<[string, Partial<Answer>, object]>([
    ['another status', { status: 201 }, { path: 'status', recorded: 200, emulated: 201 }],
    ['a header that is missing', { headers: {} }, { path: 'header date', recorded: recorded.headers.date }],
    ['another value', withBody({ name: 'db' }), { path: 'body name', recorded: 'web', emulated: 'db' }],
    ['a null', withBody({ name: null }), { path: 'body name', recorded: 'web', emulated: null }],
    ['a field that is added', withBody({ sku: 'Standard' }), { path: 'body sku', emulated: 'Standard' }],
    ['an object that is filled', withBody({ tags: { a: 'b' } }), { path: 'body tags.a', emulated: 'b' }],
    ['a list for an object', withBody({ tags: [] }), { path: 'body tags[]', emulated: 'empty' }],
    ['an item that is gone', withBody({ ports: [] }), { path: 'body ports[0].port', recorded: 80 }],
    [
      'an event that is told again',
      withBody({ events: [{ name: 'Pulled', message: 'done', count: 2 }] }),
      { path: 'body events[Pulled: done].count', recorded: 1, emulated: 2 },
    ],
    [
      'an event that is told twice',
      withBody({ events: Array(2).fill({ name: 'Pulled', message: 'done', count: 1 }) }),
      { path: 'body events[Pulled: done, told again (2)].count', emulated: 1 },
    ],
  ])('finds %s', (_, change, difference) => {
    expect(findDifferences(recorded, { ...recorded, ...change }).differences).toContainEqual(difference)
  })

  it('explains another time, but no other form of it', () => {
    const explained = (emulated: string) =>
      explain({ path: 'header date', recorded: recorded.headers.date, emulated }, 'create')
    expect(explained('Thu, 26 Nov 2026 05:00:00 GMT')).toMatchObject({ why: 'another time' })
    expect(explained('2026-11-26T05:00:00Z')).toBeUndefined()
  })

  it('explains what changed in a year only in the recordings of before', () => {
    const difference = { path: 'body type', emulated: 'Microsoft.Resources/resourceGroups' }
    expect(explain(difference, 'create-msi')).toBeDefined()
    expect(explain(difference, 'create')).toBeUndefined()
  })
})

function withBody(change: object): Partial<Answer> {
  return { body: { ...(recorded.body as object), ...change } }
}
