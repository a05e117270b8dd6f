import { describe, expect, it } from 'vitest'
import { collect, ended, isRunning, temporaryRunner, textOf, until } from './temporary-runner.ts'

describe('stop', () => {
  it('lets a program end in its own way', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('trap "echo bye; exit 9" TERM; echo ready; sleep 60 & wait')
    await until(async () => textOf(await collect(runner.logs('group'))) === 'ready\n')
    const group = await runner.stop('group')
    expect(group).toMatchObject({ phase: 'ended', containers: [{ termination: { exitCode: 9 } }] })
    expect(textOf(await collect(runner.logs('group')))).toBe('ready\nbye\n')
  })

  it('kills what does not end, with all that it started', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('trap "" TERM; sleep 60 & echo $!; wait')
    const child = await until(async () => Number(textOf(await collect(runner.logs('group')))))
    const group = await runner.stop('group', { graceInMs: 100 })
    expect(group.containers[0]?.termination).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
    await until(() => !isRunning(child))
    expect(group.events.map((event) => event.type)).toContain('killing')
  })

  it('ends what a program leaves behind, as the end of a container would', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60 & echo $!')
    await ended(runner)
    const child = Number(textOf(await collect(runner.logs('group'))))
    await until(() => !isRunning(child))
  })

  it.runIf(process.platform === 'linux')('finds a process that left its session and its parent', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('setsid sh -c "echo \\$\\$; exec sleep 60" & sleep 60')
    const stray = await until(async () => Number(textOf(await collect(runner.logs('group')))))
    await runner.remove('group')
    expect(isRunning(stray)).toBe(false)
  })

  it('is quiet where nothing runs, and refuses where nothing is', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('exit 4')
    await ended(runner)
    expect((await runner.stop('group')).containers[0]?.termination?.exitCode).toBe(4)
    await expect(runner.stop('absent')).rejects.toMatchObject({ code: 'not-found' })
    await expect(runner.kill('group', 'SIGHUP', { container: 'main' })).rejects.toMatchObject({
      code: 'not-running',
    })
    await expect(runner.restart('group')).rejects.toMatchObject({ code: 'not-running' })
  })

  it('sends a signal of choice', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('trap "echo reloaded" HUP; echo ready; while :; do sleep 0.05; done')
    await until(async () => textOf(await collect(runner.logs('group'))) === 'ready\n')
    await runner.kill('group', 'SIGHUP', { container: 'main' })
    await until(async () => textOf(await collect(runner.logs('group'))) === 'ready\nreloaded\n')
    expect((await runner.get('group'))?.phase).toBe('running')
  })

  it('ends a group between two restarts', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('exit 1', { restartPolicy: 'always' })
    await until(async () => ((await runner.get('group'))?.containers[0]?.restartCount ?? 0) >= 2)
    const group = await runner.stop('group')
    expect(group).toMatchObject({
      phase: 'ended',
      containers: [{ state: 'terminated', termination: { exitCode: 1 } }],
    })
  })
})

describe('the restart policy', () => {
  it('starts a failed program again until it succeeds', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('echo x >> count; test $(wc -l < count) -ge 3', { restartPolicy: 'on-failure' })
    const group = await ended(runner)
    expect(group.containers[0]).toMatchObject({
      restartCount: 2,
      termination: { exitCode: 0 },
      lastTermination: { exitCode: 1 },
    })
  })

  it('keeps to its limit', async () => {
    await using runner = await temporaryRunner()
    const containers = [{ name: 'main', image: 'berth/shell', command: ['false'], restartLimit: 1 }]
    await runner.create({ name: 'group', containers, restartPolicy: 'on-failure' })
    expect((await ended(runner)).containers[0]).toMatchObject({
      restartCount: 1,
      termination: { exitCode: 1 },
    })
  })
})
