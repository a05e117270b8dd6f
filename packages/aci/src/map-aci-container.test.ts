import { describe, expect, it } from 'vitest'
import { stateStamps } from './aci-stamps.ts'
import { mapAciContainer } from './map-aci-container.ts'

const ended = {
  state: 'Terminated',
  exitCode: 137,
  startTime: '2026-11-26T06:00:02Z',
  finishTime: '2026-11-26T06:00:01Z',
}

describe('a container whose end was noted before its start', () => {
  it('has no start that comes after it', () => {
    const observed = mapAciContainer({ name: 'main', properties: { instanceView: { currentState: ended } } })
    expect(observed?.termination).toEqual({
      exitCode: 137,
      signal: 'SIGKILL',
      reason: 'Error',
      startedAt: undefined,
      finishedAt: new Date('2026-11-26T06:00:01Z'),
    })
    const marks = stateStamps(ended, 'main', { isFirst: true, isLast: true }).map(({ mark }) => mark)
    expect(marks).toEqual(['exited'])
  })
})
