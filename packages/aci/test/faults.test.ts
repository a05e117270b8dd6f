import { BerthError, http } from '@berth/core'
import type { FaultEffect, FaultRule } from '@berth/emulator'
import { describe, expect, it } from 'vitest'
import { type AciRun, emulated, HELLO } from './emulated.ts'

const AT_ONCE = 40
/** Each round has a service of its own: 300 starts, by BERTH_FAULT_ROUNDS=8, take four minutes. */
const ROUNDS = Number(process.env.BERTH_FAULT_ROUNDS ?? 1)
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
    { kind: 'throttle', retryAfterInSeconds: 1 },
    { kind: 'error', status: 500, code: 'InternalServerError', message: 'An internal error occurred.' },
  ]
  return [
    ...on('ContainerGroups_CreateOrUpdate', [
      ...usual,
      { kind: 'capacity', when: 'at-once' },
      { kind: 'capacity', when: 'afterwards' },
    ]),
    ...on('ContainerGroups_Get', usual),
    ...on('ContainerGroups_List*', usual),
    ...on('ContainerGroups_Delete', usual),
    ...on('Operations_*', usual),
  ]
}

const SEEDS = Array.from({ length: ROUNDS }, (_, round) => SEED + round)

describe('a service on which three of ten calls go wrong', () => {
  it.each(SEEDS)(
    'has every run ready or ended with the right error, none twice, and none left (seed %i)',
    {
      timeout: 300_000,
    },
    async (seed) => {
      await using cloud = await emulated({ faults: rules(), seed })
      const ready: AciRun[] = []
      const codes: string[] = []
      const left: string[] = []
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          let run: AciRun | undefined
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
      expect(ready.length, `${codes.join(', ')}`).toBeGreaterThan(AT_ONCE / 2)
      expect(new Set(ready.map(({ ref }) => ref)).size).toBe(ready.length)
      const there = await cloud.groups()
      const known = new Set([
        ...ready.map(({ ref }) => ref),
        ...left.map((each) => each.split('/')[1]?.split(' ')[0]),
      ])
      expect(
        there.filter((name) => !known.has(name)),
        'what is there and nobody knows of',
      ).toEqual([])
      await Promise.all(
        ready.map((run) =>
          run.remove().catch((error: unknown) => {
            if (!BerthError.isInstance(error)) throw error
            left.push(...(error.evidence.left ?? []))
          }),
        ),
      )
      cloud.emulator.clearFaults()
      await cloud.provider.sweep()
      const still = await cloud.groups()
      expect(still.filter((name) => !left.some((each) => each.includes(name)))).toEqual([])
    },
  )
})
