import { BerthError, http } from '@berth/core'
import type { FaultEffect, FaultRule } from '@berth/emulator'
import { describe, expect, it } from 'vitest'
import { taskId } from '../src/ecs-names.ts'
import { type EcsRun, emulated, HELLO } from './emulated.ts'

const STARTS = 30
const SEED = Number(process.env.BERTH_FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
/** What a start may end with where the service is in trouble. */
const RIGHT_CODES = new Set(['capacity', 'rate-limited', 'unavailable', 'quota'])

/** Three of ten calls go wrong, each in one of these ways. */
function rules(): readonly FaultRule[] {
  const on = (operation: string, effects: readonly FaultEffect[]) =>
    effects.map((effect): FaultRule => ({ match: { operation, probability: 0.3 / effects.length }, effect }))
  const usual: readonly FaultEffect[] = [
    { kind: 'reset' },
    { kind: 'lost-request' },
    { kind: 'lost-response' },
    { kind: 'slow', delayInMs: 5_000 },
    { kind: 'throttle' },
    { kind: 'error', status: 500, code: 'ServerException', message: 'An internal error occurred.' },
  ]
  return [
    ...on('RunTask', [
      ...usual,
      { kind: 'capacity', when: 'at-once' },
      { kind: 'capacity', when: 'afterwards' },
    ]),
    ...[
      'DescribeTasks',
      'ListTasks',
      'StopTask',
      'RegisterTaskDefinition',
      'DescribeTaskDefinition',
      'DescribeNetworkInterfaces',
      'DescribeLogStreams',
      'DeleteLogStream',
    ].flatMap((operation) => on(operation, usual)),
  ]
}

describe(`a service on which three of ten calls go wrong (seed ${SEED})`, () => {
  it('has every run ready or ended with the right error, none twice, and none left', {
    timeout: 300_000,
  }, async () => {
    await using cloud = await emulated({ faults: rules(), seed: SEED })
    const ready: EcsRun[] = []
    const codes: string[] = []
    const left: string[] = []
    await Promise.all(
      Array.from({ length: STARTS }, async () => {
        let run: EcsRun | undefined
        try {
          run = await cloud.provider.run({ ...HELLO, ready: http('/') })
          await run.ready({ timeout: '2m' })
          ready.push(run)
          expect(await (await fetch(run.url ?? '')).text()).toContain('hello')
        } catch (error) {
          if (!BerthError.isInstance(error)) throw error
          codes.push(error.code)
          left.push(...(error.evidence.left ?? []))
          await run?.remove()
        }
      }),
    )
    expect(codes.filter((code) => !RIGHT_CODES.has(code))).toEqual([])
    expect(ready.length, codes.join(', ')).toBeGreaterThan(STARTS / 2)
    expect(new Set(ready.map(({ ref }) => ref)).size).toBe(ready.length)
    const known = new Set(ready.map(({ ref }) => ref))
    const leftNames = new Set(left.map((each) => each.split('/')[1]?.split(' ')[0] ?? ''))
    const unknown = (await cloud.tasks()).filter(
      ({ taskArn = '', group = '' }) =>
        !known.has(taskId(taskArn)) && !leftNames.has(group) && !leftNames.has(taskId(taskArn)),
    )
    expect(unknown, 'what is there and nobody knows of').toEqual([])
    await Promise.all(ready.map((run) => run.remove()))
    cloud.emulator.clearFaults()
    await cloud.provider.sweep()
    const still = (await cloud.tasks()).filter(({ group = '' }) => !leftNames.has(group))
    expect(still).toEqual([])
  })
})
