import { log } from '@berth/core'
import { describe, expect, it, vi } from 'vitest'
import { docker } from '../src/index.ts'
import { busybox, forever, hasEngine, nginx, shell, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a group', () => {
  const lab = useDocker()

  it('runs init containers in order, then all others on one network with shared volumes', async () => {
    const run = await lab.run({
      image: busybox,
      command: shell(
        'cat /data/order; until wget -q -O- http://127.0.0.1:80/ 2>/dev/null; do sleep 0.05; done; while true; do sleep 1 & wait $!; done',
      ),
      volumes: { data: { kind: 'empty' } },
      mounts: [{ volume: 'data', path: '/data', readOnly: true }],
      sidecars: { web: { image: nginx, ports: [80] } },
      initContainers: {
        first: {
          image: busybox,
          command: ['sh', '-c', 'sleep 0.2; echo first >> /data/order'],
          mounts: [{ volume: 'data', path: '/data' }],
        },
        second: {
          image: busybox,
          command: ['sh', '-c', 'echo second >> /data/order'],
          mounts: [{ volume: 'data', path: '/data' }],
        },
      },
      ready: log('second'),
    })
    await run.ready()
    expect(Object.keys(run.containers).sort()).toEqual(['first', 'main', 'second', 'web'])
    expect(run.containers.first?.termination?.exitCode).toBe(0)
    expect(run.containers.web?.state).toBe('running')
    const response = await fetch(`http://127.0.0.1:${run.address(80).port}/`)
    expect(await response.text()).toBe('hello\n')
    await vi.waitFor(async () => {
      const lines = (await Array.fromAsync(run.logs())).map(({ text }) => text)
      expect(lines).toEqual(['first', 'second', 'hello'])
    })
    const all = await Array.fromAsync(run.logs({ container: '*' }))
    expect(new Set(all.map(({ container }) => container))).toEqual(new Set(['main', 'web']))
    expect(run.timeline.spans.map(({ container }) => container)).toContain('web')

    const left = await lab.left(`berth-run=${run.ref}`)
    expect(left).toHaveLength(6)
    await run.remove()
    expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
  })

  it('ends with its main container', async () => {
    const run = await lab.run({
      image: busybox,
      command: ['sh', '-c', 'sleep 0.3; exit 3'],
      sidecars: { helper: { image: busybox, command: forever } },
    })
    expect(await run.exited()).toMatchObject({ exitCode: 3, reason: 'Error' })
    await vi.waitFor(
      async () => {
        await run.refresh()
        expect(run.containers.helper?.state).toBe('terminated')
      },
      { timeout: 15_000 },
    )
    expect(run.state).toBe('stopped')
  })

  it('fails with the output of an init container that fails, and leaves nothing', async () => {
    const label = `test-name=${process.pid}-init`
    const [key = '', value = ''] = label.split('=')
    const error = await lab
      .run({
        image: busybox,
        command: forever,
        labels: { [key]: value },
        initContainers: { setup: { image: busybox, command: ['sh', '-c', 'echo no database >&2; exit 4'] } },
      })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('init container setup'),
      evidence: { exitCode: 4, logs: [expect.objectContaining({ text: 'no database', stream: 'stderr' })] },
    })
    expect(await lab.left(label)).toEqual([])
  })

  it('is found whole from another provider, and told apart by container', async () => {
    const run = await lab.run({
      image: busybox,
      name: 'found',
      command: forever,
      ports: [80],
      cpu: 0.25,
      memory: '32Mi',
      labels: { team: 'web' },
      sidecars: { web: { image: nginx } },
    })
    const other = docker({ name: 'other' })
    try {
      const found = await other.get(run.ref)
      expect(found).toMatchObject({ ref: run.ref, image: busybox, labels: { team: 'web' }, state: 'running' })
      expect(found?.addresses).toEqual(run.addresses)
      expect(Object.keys(found?.containers ?? {}).sort()).toEqual(['main', 'web'])
      const listed = (await Array.fromAsync(other.list())).find(({ ref }) => ref === run.ref)
      expect(listed).toMatchObject({ state: 'running', labels: { team: 'web' }, addresses: run.addresses })
      const output = await found?.exec(['cat', '/proc/1/comm'], { container: 'main' })
      expect(output?.stdout).toBe('sh\n')
      await found?.stop({ grace: '2s' })
      expect(found?.state).toBe('stopped')
      await found?.restart()
      expect(found?.state).toBe('running')
      await found?.remove()
    } finally {
      await other.close()
    }
    expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
    await run.refresh()
    expect(run.state).toBe('gone')
  })
})
