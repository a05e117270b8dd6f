import { expect, it } from 'vitest'
import { parseEvent } from './engine-event.ts'

it('keeps the nanoseconds that a number cannot hold', () => {
  const line =
    '{"status":"die","Type":"container","Action":"die","Actor":{"ID":"abc","Attributes":{"exitCode":"3","x\\"timeNano":"5"}},"scope":"local","time":1795452311,"timeNano":1795452311123456789}'
  expect(parseEvent(line)).toEqual({
    type: 'container',
    action: 'die',
    id: 'abc',
    attributes: { exitCode: '3', 'x"timeNano': '5' },
    timeMicros: 1795452311123456,
    timeNano: '1795452311123456789',
  })
})

it('falls back to the seconds', () => {
  expect(parseEvent('{"Type":"image","Action":"pull","time":1795452311}')).toMatchObject({
    timeMicros: 1795452311000000,
  })
})
