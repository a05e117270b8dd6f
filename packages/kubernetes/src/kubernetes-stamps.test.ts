import { expect, it } from 'vitest'
import { eventStamps, parseGoDuration, timeOfEvent } from './kubernetes-stamps.ts'

const second = '2026-11-26T10:00:00Z'
const secondInMicros = Date.parse(second) * 1_000

function event(more: object) {
  return { metadata: { name: 'web.0' }, firstTimestamp: second, count: 1, ...more }
}

it('reads the nanoseconds in an event’s name, and believes them only within its second', () => {
  const named = (inMicros: number) => ({
    name: `web-1.${(BigInt(inMicros) * 1_000n).toString(16).padStart(16, '0')}`,
  })
  const within = secondInMicros + 123_456
  expect(timeOfEvent(event({ metadata: named(within) }))).toEqual({ inMicros: within, resolutionInMicros: 1 })
  const other = { inMicros: secondInMicros, resolutionInMicros: 1_000_000 }
  expect(timeOfEvent(event({ metadata: named(secondInMicros + 5_000_000) }))).toEqual(other)
  expect(timeOfEvent(event({}))).toEqual(other)
})

it('reads Go’s durations', () => {
  expect(parseGoDuration('796ms')).toBe(796_000)
  expect(parseGoDuration('1m2.5s')).toBe(62_500_000)
  expect(parseGoDuration('12µs')).toBe(12)
  expect(parseGoDuration('soon')).toBeUndefined()
})

it('takes the pull’s length from the Pulled event’s text, its wait included', () => {
  const message = 'Successfully pulled image "x" in 796ms (1.594s including waiting). Image size: 9 bytes.'
  const [ended, began] = eventStamps(event({ reason: 'Pulled', message }), 'main')
  expect(ended).toMatchObject({ mark: 'pull-ended', timeInMicros: secondInMicros, container: 'main' })
  expect(began).toMatchObject({ mark: 'pull-started', timeInMicros: secondInMicros - 1_594_000 - 200_000 })
  const present = event({ reason: 'Pulled', message: 'Container image "x" already present on machine' })
  expect(eventStamps(present, 'main')).toEqual([])
})

it('of an event that came several times only its upper side counts', () => {
  expect(eventStamps(event({ reason: 'Created', count: 3 }), 'main')).toMatchObject([{ side: 'upper' }])
})
