import { tcp } from '@berth/core'
import { describe, expect, it, vi } from 'vitest'
import { busybox, hasEngine, nginx, shell, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a restart', () => {
  const lab = useDocker()

  it('by the policy is counted, and the log goes on across it without a line lost or doubled', async () => {
    const run = await lab.run({
      image: busybox,
      // The third time it stays.
      command: [
        'sh',
        '-c',
        'echo run >> /state; n=$(wc -l < /state); echo "start $n"; echo "end $n" >&2; [ $n -lt 3 ] && exit 7; sleep 0.3; exit 0',
      ],
      restart: 'on-failure',
    })
    const lines: string[] = []
    const exited = run.exited()
    for await (const line of run.logs({ follow: true })) lines.push(line.text)
    expect(lines.sort()).toEqual(['end 1', 'end 2', 'end 3', 'start 1', 'start 2', 'start 3'])
    expect(await exited).toMatchObject({ exitCode: 0 })
    expect(run.containers.main?.restartCount).toBe(2)
    await vi.waitFor(() => expect(run.events.filter(({ name }) => name === 'die')).toHaveLength(3))
  })

  it('never happens unless asked for', async () => {
    const run = await lab.run({ image: busybox, command: ['sh', '-c', 'exit 7'] })
    expect(await run.exited()).toMatchObject({ exitCode: 7 })
    expect(run.containers.main?.restartCount).toBe(0)
  })

  it('that always happens ends by a stop alone', async () => {
    const run = await lab.run({ image: busybox, command: ['sh', '-c', 'sleep 0.1'], restart: 'always' })
    await vi.waitFor(
      async () => {
        await run.refresh()
        expect(run.containers.main?.restartCount).toBeGreaterThan(1)
      },
      { timeout: 15_000, interval: 100 },
    )
    await run.stop()
    await run.refresh()
    expect(run.state).toBe('stopped')
  })

  it('on demand gives the new address, and keeps a followed log open', async () => {
    const run = await lab.run({ image: nginx, ports: [80], ready: tcp() })
    await run.ready()
    const heard: string[] = []
    const following = (async () => {
      for await (const { text } of run.logs({ follow: true })) heard.push(text)
    })()
    await run.restart({ grace: '1s' })
    await vi.waitFor(async () => {
      const response = await fetch(run.url ?? '')
      expect(response.status).toBe(200)
    })
    await vi.waitFor(() => expect(heard.some((line) => line.includes('GET /'))).toBe(true))
    await run.stop()
    await following
  })

  it('by somebody else is seen', async () => {
    const run = await lab.run({ image: busybox, command: shell('while true; do sleep 1 & wait $!; done') })
    const names: string[] = []
    const seen = (async () => {
      for await (const { event } of run.changes()) {
        if (event) names.push(event.name)
        if (event?.name === 'start' && names.includes('die')) return
      }
    })()
    await lab.engine.containers.restart(run.ref, { timeout: 1 })
    await seen
    expect(run.containers.main?.state).toBe('running')
  })
})
