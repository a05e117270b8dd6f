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
    const observed = mapAciContainer(
      { name: 'main', properties: { instanceView: { currentState: ended } } },
      'Never',
    )
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

describe('a container that the service has started again', () => {
  const again = (exitCode: number, restartPolicy: string, eventNames: readonly string[] = []) =>
    mapAciContainer(
      {
        name: 'main',
        properties: {
          instanceView: {
            currentState: { state: 'Running' },
            previousState: { ...ended, exitCode },
            restartCount: 1,
            events: eventNames.map((name) => ({ name })),
          },
        },
      },
      restartPolicy,
    )

  it('has ended where it had failed and was never to be started again', () => {
    expect(again(255, 'Never')).toMatchObject({
      state: 'terminated',
      restartCount: 0,
      termination: { exitCode: 255 },
    })
    expect(again(137, 'Never', ['Started'])?.state).toBe('terminated')
    expect(again(255, 'OnFailure')).toMatchObject({ state: 'running', restartCount: 1 })
  })

  it('runs where it was killed, as for a restart that somebody asked for', () => {
    expect(again(137, 'Never', ['Started', 'Killing'])?.state).toBe('running')
    expect(again(137, 'Never')?.state).toBe('running')
    expect(again(0, 'Never', ['Started'])?.state).toBe('running')
  })
})
