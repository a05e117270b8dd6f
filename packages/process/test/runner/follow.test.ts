import { describe, expect, it } from 'vitest'
import type { GroupSnapshot } from '../../src/runner/index.ts'
import { collect, ended, temporaryRunner } from './temporary-runner.ts'

describe('follow', () => {
  it('tells one group until it has ended', async () => {
    await using runner = await temporaryRunner()
    await runner.create({ name: 'other', containers: [{ name: 'main', image: 'berth/job' }] })
    const { uid } = await runner.shell('sleep 0.2; exit 5', { labels: { team: 'blue' } })
    const told = await collect(runner.follow('group', { uid }))
    expect(told.map(({ name }) => name)).toEqual(told.map(() => 'group'))
    expect(told[0]).toMatchObject({ phase: 'running', labels: { team: 'blue' } })
    expect(told.at(-1)).toMatchObject({ phase: 'ended', containers: [{ termination: { exitCode: 5 } }] })
  })

  it('tells how a group is that has ended already', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('exit 6')
    await ended(runner)
    expect(await collect(runner.follow('group'))).toMatchObject([
      { phase: 'ended', containers: [{ termination: { exitCode: 6 } }] },
    ])
    await expect(collect(runner.follow('none'))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('ends with the removal', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const told: GroupSnapshot[] = []
    let removal: Promise<boolean> | undefined
    for await (const group of runner.follow('group')) {
      told.push(group)
      removal ??= runner.remove('group')
    }
    expect(told.at(-1)?.containers[0]?.termination).toMatchObject({ signal: 'SIGKILL' })
    expect(await removal).toBe(true)
  })

  it('tells that a group was lost', async () => {
    await using runner = await temporaryRunner()
    const { events } = await runner.shell('sleep 60')
    const supervisor = Number(
      /process (\d+)/.exec(events.find(({ type }) => type === 'supervised')?.message ?? '')?.[1],
    )
    const phases: string[] = []
    for await (const { phase } of runner.follow('group')) {
      phases.push(phase)
      if (phases.length === 1) process.kill(supervisor, 'SIGKILL')
    }
    expect(phases.at(-1)).toBe('lost')
  })

  it('is let go by a signal, with its reason', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const leave = new AbortController()
    const reason = new Error('enough')
    const follow = async () => {
      for await (const _ of runner.follow('group', { signal: leave.signal })) leave.abort(reason)
    }
    await expect(follow()).rejects.toBe(reason)
  })
})
