import { http } from '@berth/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kubernetes } from '../src/index.ts'
import { type Gateway, openGateway } from './gateway.ts'
import { hasCluster, left, nginx } from './use-cluster.ts'

/** Fifty, by BERTH_KUBERNETES_RUNS; fewer in every check. */
const RUNS = Number(process.env.BERTH_KUBERNETES_RUNS ?? 8)

describe.skipIf(!hasCluster)('one watch', () => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await openGateway()
  })
  afterAll(() => gateway?.close())

  it(`serves ${RUNS} runs at once, with at most four calls for each until it is ready`, {
    timeout: 300_000,
  }, async () => {
    await using provider = kubernetes({ cluster: async () => gateway.endpoint, expose: 'private' })
    gateway.calls.length = 0
    const spec = { name: 'many', image: nginx, ports: [80], ready: http('/') } as const
    const runs = await Promise.all(Array.from({ length: RUNS }, () => provider.run(spec)))
    await Promise.all(runs.map((run) => run.ready()))
    expect(runs.map(({ state }) => state)).toEqual(runs.map(() => 'ready'))
    const calls = [...gateway.calls]
    await Promise.all(runs.map((run) => run.remove()))
    const counted = Map.groupBy(calls, (call) => call.replace(/\/many-\w+/, '/<run>'))
    const story = [...counted].map(([call, { length }]) => `${length} x ${call}`).join(', ')
    const watches = calls.filter((call) => call.endsWith('?watch'))
    expect(watches.length, story).toBe(1)
    const ofRuns = calls.length - watches.length - 1
    expect(ofRuns / RUNS, story).toBeLessThanOrEqual(4)
    for (const run of runs) expect(await left(run.name)).toEqual([])
  })

  it('goes on where it was cut, and misses nothing', { timeout: 60_000 }, async () => {
    await using provider = kubernetes({ cluster: async () => gateway.endpoint, expose: 'private' })
    await using run = await provider.run({ name: 'cut', image: nginx, ports: [80], ready: http('/') })
    await expect.poll(() => gateway.cut('/pods')).toBe(1)
    await run.ready()
    const exit = run.exited()
    gateway.cut('/pods')
    await run.stop()
    await exit
    expect(run.state).toBe('stopped')
    await run.remove()
  })
})
