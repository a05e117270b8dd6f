import { expect, test } from 'vitest'
import { MARKS } from '../contract/mark.ts'
import { impliedSteps, type PhaseEnd, phaseName, stepPlace } from './name-phase.ts'

function name(from: PhaseEnd, to: PhaseEnd, last: PhaseEnd = from, next: PhaseEnd = to): string {
  return phaseName(from, to, stepPlace(last) ?? Number.NaN, stepPlace(next))
}

test('neighbouring steps carry the names of the field', () => {
  expect(name('requested', 'accepted')).toBe('accept')
  expect(name('accepted', 'scheduled', 'requested')).toBe('schedule')
  expect(name('scheduled', 'pull-started')).toBe('prepare')
  expect(name('pull-started', 'pull-ended')).toBe('pull')
  expect(name('pull-ended', 'created')).toBe('create')
  expect(name('created', 'started')).toBe('start')
  expect(name('started', 'connected')).toBe('boot')
  expect(name('connected', 'ready')).toBe('respond')
  expect(name('ready', 'detected')).toBe('detection')
  expect(name('started', 'exited')).toBe('run')
})

test('a step that a cloud does not have leaves its time to the next', () => {
  expect(name('requested', 'pull-started')).toBe('prepare')
  expect(name('requested', 'created')).toBe('create')
  expect(name('pull-ended', 'started')).toBe('start')
  expect(name('started', 'ready')).toBe('boot')
})

test('acceptance in the middle of a step divides it and leaves its name', () => {
  expect(name('pull-started', 'accepted', 'pull-started', 'pull-ended')).toBe('pull')
  expect(name('accepted', 'pull-ended', 'pull-started', 'pull-ended')).toBe('pull')
  expect(phaseName('created', 'accepted', stepPlace('created') ?? 0)).toBe('start')
})

test('the address is a phase where nothing else is awaited', () => {
  expect(name('scheduled', 'addressed', 'scheduled', 'pull-started')).toBe('address')
  expect(name('started', 'addressed', 'started', 'ready')).toBe('address')
  expect(name('pull-started', 'addressed', 'pull-started', 'pull-ended')).toBe('pull')
  expect(name('addressed', 'connected', 'started', 'connected')).toBe('connect')
  expect(name('addressed', 'ready', 'started', 'ready')).toBe('boot')
})

test('every two marks have a name', () => {
  for (const [index, from] of MARKS.slice(0, 11).entries()) {
    for (const to of MARKS.slice(index + 1, 11)) {
      const last = Math.max(0, ...MARKS.slice(0, index + 1).map((mark) => stepPlace(mark) ?? 0))
      expect(phaseName(from, to, last, stepPlace(to))).toMatch(/^[a-z]+$/)
    }
  }
})

test('a pull has two ends, and what answers or ends was started', () => {
  const place = (mark: PhaseEnd) => stepPlace(mark) ?? 0
  const seen =
    (...marks: string[]) =>
    (mark: string) =>
      marks.includes(mark)
  expect(impliedSteps(place('scheduled'), place('pull-ended'), seen('pull-ended'))).toEqual(['pull-started'])
  expect(impliedSteps(place('pull-started'), place('created'), seen('pull-started'))).toEqual(['pull-ended'])
  expect(impliedSteps(place('requested'), place('ready'), seen())).toEqual(['started'])
  expect(impliedSteps(place('requested'), place('started'), seen())).toEqual([])
  expect(impliedSteps(place('started'), place('ready'), seen('started'))).toEqual([])
  expect(impliedSteps(place('pull-started'), undefined, seen('pull-started'))).toEqual([])
})
