import { describe, expect, it, vi } from 'vitest'
import { docker } from '../src/index.ts'
import { busybox, forever, hasEngine, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a lease', () => {
  const lab = useDocker()
  const spec = { image: busybox, command: forever }

  it('is renewed by a record beside the run, of which there is one at every moment', async () => {
    const run = await lab.run({ ...spec, lifetime: { lease: '60s' } })
    const first = run.expiresAt?.getTime() ?? 0
    expect(await records(run.ref)).toHaveLength(0)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await run.renew()
    await run.renew()
    expect(await records(run.ref)).toHaveLength(1)
    const found = await lab.provider.get(run.id)
    expect(found?.expiresAt?.getTime()).toBeGreaterThan(first)
    await Promise.all([run.renew(), run.renew(), run.renew()])
    expect((await records(run.ref)).length).toBeGreaterThan(0)
    await run.remove()
    expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
    await expect(found?.renew()).rejects.toMatchObject({ code: 'not-found' })
  })

  it('keeps a run from being swept while it is renewed, and no longer', async () => {
    const owner = docker({ lease: '2s' })
    const sweeper = docker({ name: 'sweeper' })
    try {
      const held = await owner.run(spec)
      const leased = await owner.run({ ...spec, lifetime: { lease: '1s' } })
      const kept = await owner.run({ ...spec, lifetime: 'keep' })
      await new Promise((resolve) => setTimeout(resolve, 3_500))
      const report = await sweeper.sweep()
      const removed = report.removed.map(({ name }) => name)
      expect(removed).toContain(leased.ref)
      expect(removed).not.toContain(held.ref)
      expect(removed).not.toContain(kept.ref)
      expect(report.failed).toEqual([])
      await kept.handOver({ lease: '1s' })
      await held.remove()
      await vi.waitFor(
        async () => {
          expect((await sweeper.sweep()).removed.map(({ name }) => name)).toContain(kept.ref)
        },
        { timeout: 10_000, interval: 500 },
      )
      for (const run of [held, leased, kept]) expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
    } finally {
      await owner.close()
      await sweeper.close()
    }
  })

  it('whose run was removed by hand is found and swept, with the volumes', async () => {
    const run = await lab.run({
      ...spec,
      lifetime: { lease: '1s' },
      volumes: { data: { kind: 'empty' } },
      mounts: [{ volume: 'data', path: '/data' }],
      sidecars: { side: spec },
    })
    await run.renew()
    await lab.engine.containers.remove(run.ref, { force: true })
    const left = await lab.left(`berth-run=${run.ref}`)
    expect(left.length).toBe(4)
    await new Promise((resolve) => setTimeout(resolve, 2_100))
    const report = await lab.provider.sweep()
    const swept = report.removed.find(({ name }) => name === run.ref)
    expect(swept?.parts).toHaveLength(4)
    expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
  })

  async function records(ref: string) {
    return await lab.engine.volumes.list({ filters: { label: [`berth-run=${ref}`, 'berth-role=lease'] } })
  }
})
