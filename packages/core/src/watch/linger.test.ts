import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { linger } from './linger.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

/** Lets something linger, and tells whether it is closed. */
function lingering(): { readonly closed: boolean } {
  const subject = { closed: false, close: () => {} }
  subject.close = () => {
    expect(subject.closed).toBe(false)
    subject.closed = true
  }
  linger(subject)
  return subject
}

it('closes each once, 2 to 4 s later', () => {
  const first = lingering()
  vi.advanceTimersByTime(1_500)
  const second = lingering()
  vi.advanceTimersByTime(1_900)
  expect([first.closed, second.closed]).toEqual([false, false])
  vi.advanceTimersByTime(600)
  expect([first.closed, second.closed]).toEqual([true, true])
  vi.advanceTimersByTime(10_000)
})

it('needs one timer for many, and none once all are closed', () => {
  const many = Array.from({ length: 50 }, lingering)
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(4_000)
  expect(many.every(({ closed }) => closed)).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

it('begins again after a pause', () => {
  lingering()
  vi.advanceTimersByTime(60_000)
  const late = lingering()
  vi.advanceTimersByTime(1_900)
  expect(late.closed).toBe(false)
  vi.advanceTimersByTime(2_100)
  expect(late.closed).toBe(true)
})
