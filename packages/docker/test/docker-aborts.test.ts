import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createEngineClient } from '../src/engine/index.ts'
import { docker } from '../src/index.ts'
import { busybox, forever, hasEngine, nginx, uniqueName, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('an abort', () => {
  const lab = useDocker()

  it.each([0, 2, 10, 40, 120, 250])('after %i ms leaves nothing', async (delay) => {
    const label = uniqueName()
    const aborted = new AbortController()
    const reason = new Error('enough')
    const starts = [
      lab.run({ image: nginx, ports: [80], labels: { 'test-name': label } }, { signal: aborted.signal }),
      lab.run(
        {
          image: busybox,
          command: forever,
          labels: { 'test-name': label },
          sidecars: { side: { image: nginx } },
          initContainers: { setup: { image: busybox, command: ['sleep', '0.2'] } },
          volumes: { data: { kind: 'empty' } },
          mounts: [{ volume: 'data', path: '/data' }],
        },
        { signal: aborted.signal },
      ),
    ]
    setTimeout(() => aborted.abort(reason), delay)
    const ends = await Promise.allSettled(starts)
    for (const end of ends) {
      if (end.status === 'rejected') expect(end.reason).toBe(reason)
      else await end.value.remove()
    }
    expect(await lab.left(`test-name=${label}`)).toEqual([])
  })

  it('of an engine that breaks the connection is made up for by the token', async () => {
    const token = uniqueName()
    let cut = false
    const engine = createEngineClient({
      onAnswer: ({ path }) => {
        // The container is there, and its start is on its way: the client never hears of it.
        if (path === '/containers/create' && !cut) {
          cut = true
          setImmediate(() => engine.close())
        }
      },
    })
    const provider = docker({ engine })
    try {
      const run = await provider.run({ image: busybox, command: forever }, { token })
      await run.ready()
      expect(cut).toBe(true)
      expect(await lab.left(`berth-run=${run.ref}`)).toHaveLength(1)
      await run.remove()
    } finally {
      await provider.close()
    }
  })

  it('ends a watch, and a provider that is closed lets the process go', async () => {
    const provider = docker()
    const run = await provider.run({ image: busybox, command: forever })
    const reason = new Error('enough')
    const aborted = new AbortController()
    const waiting = run.exited({ signal: aborted.signal })
    await sleep(20)
    aborted.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    await run.remove()
    await provider.close()
  })
})
