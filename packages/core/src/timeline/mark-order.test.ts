import { expect, test } from 'vitest'
import { MARKS } from '../contract/mark.ts'
import { precedes } from './mark-order.ts'

test('the order runs along the steps, over those in between', () => {
  const steps = [
    'requested',
    'scheduled',
    'pull-started',
    'pull-ended',
    'created',
    'started',
    'ready',
  ] as const
  for (const [index, first] of steps.entries()) {
    for (const second of steps.slice(index + 1)) {
      expect(precedes(first, second, false)).toBe(true)
      expect(precedes(second, first, false)).toBe(false)
    }
  }
})

test('everything comes after requested', () => {
  for (const mark of MARKS.slice(1)) expect(precedes('requested', mark, false)).toBe(true)
})

test('addressed comes between scheduled and connected, and nothing else binds it', () => {
  expect(precedes('scheduled', 'addressed', false)).toBe(true)
  expect(precedes('addressed', 'connected', false)).toBe(true)
  for (const mark of ['pull-started', 'pull-ended', 'created', 'started', 'ready'] as const) {
    expect(precedes('addressed', mark, false)).toBe(false)
    expect(precedes(mark, 'addressed', false)).toBe(false)
  }
})

test('accepted comes before connected, but not before the pull: a local Engine accepts behind it', () => {
  expect(precedes('accepted', 'connected', false)).toBe(true)
  for (const mark of ['scheduled', 'pull-started', 'created', 'started'] as const) {
    expect(precedes('accepted', mark, false)).toBe(false)
    expect(precedes(mark, 'accepted', false)).toBe(false)
  }
})

test('connected comes before ready only where the probe connects', () => {
  expect(precedes('connected', 'ready', true)).toBe(true)
  expect(precedes('addressed', 'ready', true)).toBe(true)
  expect(precedes('connected', 'ready', false)).toBe(false)
  expect(precedes('started', 'ready', false)).toBe(true)
})

test('the end comes after the start, and stopped does not need an exit', () => {
  expect(precedes('started', 'exited', false)).toBe(true)
  expect(precedes('started', 'stopped', false)).toBe(true)
  expect(precedes('exited', 'removed', false)).toBe(true)
  expect(precedes('ready', 'exited', true)).toBe(false)
})
