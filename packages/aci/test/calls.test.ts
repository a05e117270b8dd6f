import { http, started } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { emulated, HELLO } from './emulated.ts'

/** A start takes as long as on the real service, and is looked at by the real clock. */
const START_OF_20_S = {
  name: '20 s',
  durations: { accepting: 300, placing: 9_000, pulling: 9_500, creating: 600, starting: 600 },
}

describe('the calls of a start', () => {
  it('are 14 at the most for one of 20 s, all told', { timeout: 90_000 }, async () => {
    await using cloud = await emulated({ profile: START_OF_20_S, timeScale: 1 }, { location: 'eastus' })
    const run = await cloud.provider.run({ ...HELLO, ready: http('/') })
    await run.ready()
    // The look after readiness, which brings the timeline its last stamps.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const calls = cloud.calls()
    expect(calls.filter((call) => call === 'ContainerGroups_CreateOrUpdate')).toHaveLength(1)
    expect(calls.length, calls.join(', ')).toBeLessThanOrEqual(14)
    expect(cloud.provider.emulated).toMatch(/20 s profile/)
    expect(run.timeline.mark('started')?.sources.length).toBeGreaterThan(0)
    await run.remove()
  })

  it('are 3 reads a run at the most for a hundred at once', { timeout: 180_000 }, async () => {
    await using cloud = await emulated({ backend: 'none', profile: START_OF_20_S, timeScale: 1 })
    const runs = await Promise.all(
      Array.from({ length: 100 }, () =>
        cloud.provider.run({ ...HELLO, image: 'none/server', ready: started() }),
      ),
    )
    await Promise.all(runs.map((run) => run.ready()))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const reads = cloud
      .calls()
      .filter((call) => /_(?:Get|List)/.test(call) && call.startsWith('ContainerGroups_'))
    expect(reads.length / runs.length).toBeLessThanOrEqual(3)
    expect(cloud.calls().filter((call) => call === 'ContainerGroups_CreateOrUpdate')).toHaveLength(100)
    await Promise.all(runs.map((run) => run.remove()))
    expect(await cloud.groups()).toEqual([])
  })
})
