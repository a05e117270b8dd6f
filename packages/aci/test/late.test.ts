import { http } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { emulated, HELLO } from './emulated.ts'

/** Longer than any first look, in real time. */
const READABLE_AFTER = { readableAfterInMs: 4_000 }

describe('a service that does not know at once what it was told', () => {
  it('has a run ready all the same', { timeout: 60_000 }, async () => {
    await using cloud = await emulated({ timeScale: 1, dialects: { aci: READABLE_AFTER } })
    const run = await cloud.provider.run({ ...HELLO, ready: http('/') })
    await run.refresh()
    expect(run.state).toBe('pending')
    await run.ready()
    await run.remove()
    expect(await cloud.groups()).toEqual([])
  })

  it('leaves nothing of a run that is removed or stopped at once', { timeout: 60_000 }, async () => {
    await using cloud = await emulated({ timeScale: 1, dialects: { aci: READABLE_AFTER } })
    const [removed, stopped] = await Promise.all([cloud.provider.run(HELLO), cloud.provider.run(HELLO)])
    await Promise.all([removed.remove(), stopped.stop()])
    expect(stopped.state).toBe('stopped')
    expect(await cloud.groups()).toEqual([stopped.name])
    await stopped.remove()
    expect(await cloud.groups()).toEqual([])
  })

  it('confirms a removal late, and remove() waits for it', { timeout: 60_000 }, async () => {
    await using cloud = await emulated({ timeScale: 1, dialects: { aci: { deleteLingersInMs: 3_000 } } })
    const run = await cloud.provider.run(HELLO)
    const removedAt = performance.now()
    await run.remove()
    expect(performance.now() - removedAt).toBeGreaterThanOrEqual(3_000)
    expect(await cloud.groups()).toEqual([])
  })
})
