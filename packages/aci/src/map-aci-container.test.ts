import { describe, expect, it } from 'vitest'
import { stateStamps } from './aci-stamps.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import { mapAciContainer } from './map-aci-container.ts'

const ended = {
  state: 'Terminated',
  exitCode: 137,
  startTime: '2026-11-26T06:00:02Z',
  finishTime: '2026-11-26T06:00:01Z',
}

type RestartPolicy = ContainerGroup['properties']['restartPolicy']

function groupWith(restartPolicy: RestartPolicy, tags: ContainerGroup['tags'] = {}): ContainerGroup {
  return {
    location: 'westeurope',
    tags,
    properties: { containers: [], osType: 'Linux', ...(restartPolicy && { restartPolicy }) },
  }
}

describe('a container whose end was noted before its start', () => {
  it('has no start that comes after it', () => {
    const observed = mapAciContainer(
      { name: 'main', properties: { instanceView: { currentState: ended } } },
      groupWith('Never'),
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
  const again = (
    exitCode: number,
    restartPolicy: RestartPolicy,
    eventNames: readonly string[] = [],
    tags: ContainerGroup['tags'] = {},
  ) =>
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
      groupWith(restartPolicy, tags),
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

  it('runs where restart() has set its end aside, but not where a later one has come', () => {
    const restartedAfter = (finishTime: string) =>
      again(255, 'Never', [], { 'berth-restarted-after': finishTime })?.state
    expect(restartedAfter(ended.finishTime)).toBe('running')
    expect(restartedAfter('2026-11-26T06:00:00.999Z')).toBe('terminated')
  })
})
