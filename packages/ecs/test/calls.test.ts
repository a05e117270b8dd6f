import { http, started } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { type Emulated, emulated, HELLO } from './emulated.ts'

/** A start takes as long as on the real service, and is looked at by the real clock. */
const START_OF_8_S = {
  name: '8 s',
  durations: { accepting: 100, placing: 3_000, pulling: 4_000, creating: 450, starting: 450, removing: 500 },
}
/** Three hundred, by BERTH_ECS_CROWD, take a minute and a half. */
const CROWD = Number(process.env.BERTH_ECS_CROWD ?? 60)
/** The buckets of a real account; only its vCPUs are more than a new one's. */
const REAL = {
  taskChanges: { capacity: 100, refillPerSecond: 40 },
  taskReads: { capacity: 100, refillPerSecond: 20 },
  definitionChanges: { capacity: 20, refillPerSecond: 1 },
  definitionReads: { capacity: 50, refillPerSecond: 20 },
  clusterReads: { capacity: 50, refillPerSecond: 20 },
  fargateCalls: { capacity: 20, refillPerSecond: 20 },
  fargateLaunches: { capacity: 100, refillPerSecond: 20 },
}
const REAL_ELSEWHERE = {
  ec2: { reads: { capacity: 100, refillPerSecond: 20 } },
  logs: {
    describes: { capacity: 10, refillPerSecond: 10 },
    writes: { capacity: 10, refillPerSecond: 10 },
  },
}

function count(cloud: Emulated, ...operations: readonly string[]): number {
  return cloud.calls().filter((call) => operations.includes(call)).length
}

describe('the calls of a start', () => {
  it('are one order and one look a second', { timeout: 90_000 }, async () => {
    await using cloud = await emulated({ profile: START_OF_8_S, timeScale: 1 })
    const run = await cloud.provider.run({ ...HELLO, ready: http('/') })
    const acceptedAt = performance.now()
    await run.ready()
    const waitedInS = (performance.now() - acceptedAt) / 1_000
    expect(count(cloud, 'RunTask')).toBe(1)
    expect(count(cloud, 'RegisterTaskDefinition')).toBe(1)
    expect(count(cloud, 'DescribeTasks', 'DescribeNetworkInterfaces')).toBeLessThanOrEqual(2 * waitedInS + 3)
    // The address is asked for while the image is pulled, and no more once it is known.
    expect(count(cloud, 'DescribeNetworkInterfaces')).toBeLessThanOrEqual(2)
    expect(run.timeline.mark('addressed')?.latest).toBeLessThan(run.timeline.mark('pull-ended')?.latest ?? 0)
    await run.remove()
  })

  it(`are at most 8 a second for ${CROWD} at once within a real account's limits, none of them throttled`, {
    timeout: 300_000,
  }, async () => {
    await using cloud = await emulated(
      {
        backend: 'none',
        profile: START_OF_8_S,
        timeScale: 1,
        limits: { ecs: REAL, ...REAL_ELSEWHERE },
      },
      { quotas: {} },
    )
    const begunAt = performance.now()
    const seen = new Map<string, number>()
    const runs = await Promise.all(
      Array.from({ length: CROWD }, async () => {
        const run = await cloud.provider.run({ ...HELLO, image: 'none/server', ready: started() })
        await run.ready()
        seen.set(run.ref, Date.now())
        return run
      }),
    )
    const waitedInS = (performance.now() - begunAt) / 1_000
    const looks = count(cloud, 'DescribeTasks', 'DescribeNetworkInterfaces')
    expect(looks / waitedInS, `${looks} looks in ${waitedInS} s`).toBeLessThanOrEqual(8)
    const refused = cloud.emulator.requests().filter(({ status = 200 }) => status >= 400)
    // That there is no such definition yet is said so.
    const [unknown, ...throttled] = refused.map(({ operation }) => operation)
    expect(unknown).toBe('DescribeTaskDefinition')
    // A machine that stalls for half a second sends at once what it has held back.
    expect(throttled.length, throttled.join(', ')).toBeLessThanOrEqual(CROWD / 20)
    expect(count(cloud, 'RunTask') - throttled.length).toBe(CROWD)
    expect(count(cloud, 'RegisterTaskDefinition')).toBe(1)
    // The figure is the benchmark's. However busy the machine, it is sooner than the SDK's own waiter asks for the second time.
    const lags = await lagsOf(cloud, seen)
    expect(lags[Math.floor(lags.length / 2)], lags.join(', ')).toBeLessThanOrEqual(6_000)
    await Promise.all(runs.map((run) => run.remove()))
    expect(await cloud.tasks()).toEqual([])
  })
})

/** From RUNNING on the service to its being seen, in milliseconds, in order. */
async function lagsOf(cloud: Emulated, seen: ReadonlyMap<string, number>): Promise<readonly number[]> {
  const lags = (await cloud.tasks()).map(
    ({ taskArn = '', startedAt }) =>
      (seen.get(taskArn.split('/').at(-1) ?? '') ?? 0) - (startedAt?.getTime() ?? 0),
  )
  return lags.toSorted((one, other) => one - other)
}
