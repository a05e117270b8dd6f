import { EngineError } from '@berth/docker/engine'
import { describe, expect, it } from 'vitest'
import { busybox, engineForTest, engineIsThere } from './engine-for-test.ts'

describe.skipIf(!engineIsThere)('a container of the real engine', () => {
  const { engine, run, create } = engineForTest()

  it('is created, started, inspected, listed, stopped and removed', async () => {
    const label = `engine-test=${crypto.randomUUID()}`
    const id = await create('trap "exit 5" TERM; while :; do sleep 0.02; done', {
      labels: Object.fromEntries([label.split('=') as [string, string]]),
    })
    expect(await engine.containers.inspect(id)).toMatchObject({ Id: id, State: { Status: 'created' } })
    expect(await engine.containers.start(id)).toBe(true)
    expect(await engine.containers.start(id)).toBe(false)
    const listed = await engine.containers.list({ filters: { label: [label] } })
    expect(listed.map(({ Id, State }) => [Id, State])).toEqual([[id, 'running']])
    await engine.containers.rename(id, `engine-test-renamed-${id.slice(0, 12)}`)
    await engine.containers.update(id, { Memory: 64 << 20, MemorySwap: 64 << 20 })
    expect((await engine.containers.inspect(id))?.HostConfig.Memory).toBe(64 << 20)
    const stats = await engine.containers.stats(id)
    expect(stats.memory_stats.limit).toBe(64 << 20)
    expect(stats.cpu_stats.cpu_usage.total_usage).toBeGreaterThan(0)

    expect(await engine.containers.stop(id, { timeout: 10 })).toBe(true)
    expect(await engine.containers.stop(id)).toBe(false)
    expect((await engine.containers.inspect(id))?.State.ExitCode).toBe(5)
    expect(await engine.containers.list({ filters: { label: [label] } })).toEqual([])
    expect(await engine.containers.list({ all: true, filters: { label: [label] } })).toHaveLength(1)
    await engine.containers.restart(id, { timeout: 1 })
    await engine.containers.kill(id)
    expect(await engine.containers.wait(id)).toEqual({ exitCode: 137 })
    expect(await engine.containers.remove(id)).toBe(true)
    expect(await engine.containers.remove(id)).toBe(false)
    expect(await engine.containers.inspect(id)).toBeNull()
  })

  it('tells its exit code to one who waited before the start', async () => {
    const id = await create('exit 42')
    let waiting: () => void = () => {}
    const isWaiting = new Promise<void>((resolve) => {
      waiting = resolve
    })
    const exit = engine.containers.wait(id, { condition: 'next-exit', onWaiting: waiting })
    await isWaiting
    await engine.containers.start(id)
    expect(await exit).toEqual({ exitCode: 42 })
  })

  it('is removed once by many at once, each of whom then finds it gone', async () => {
    const id = await run('sleep 100')
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        await engine.containers.remove(id, { force: true })
        expect(await engine.containers.inspect(id)).toBeNull()
      }),
    )
  })

  it('cannot be had twice by one name, without its image, or from a removal without force', async () => {
    const id = await run('sleep 100')
    const { Name } = (await engine.containers.inspect(id)) ?? { Name: '' }
    const attempts: [() => Promise<unknown>, number][] = [
      [() => engine.containers.create({ Image: busybox }, { name: Name.slice(1) }), 409],
      [() => engine.containers.create({ Image: '127.0.0.1:5000/absent:1' }), 404],
      [() => engine.containers.remove(id), 409],
      [() => engine.containers.start('engine-test-absent'), 404],
      [() => engine.containers.kill(id, 'SIGNONSENSE'), 400],
    ]
    for (const [attempt, status] of attempts) {
      const error = await attempt().catch((error: unknown) => error)
      expect(EngineError.isInstance(error) && error.status).toBe(status)
    }
  })

  it('may be waited for only as long as one likes', async () => {
    const id = await run('sleep 100')
    await expect(engine.containers.wait(id, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })
})

describe.skipIf(!engineIsThere)('the real engine', () => {
  const { engine } = engineForTest()

  it('tells who it is', async () => {
    await engine.ping()
    const [version, info, api] = await Promise.all([engine.version(), engine.info(), engine.apiVersion()])
    expect(version.Os).toBe('linux')
    expect(info.ServerVersion).toBe(version.Version)
    expect(api).toMatch(/^1\.\d+$/)
    expect((await engine.endpoint()).source).not.toBe('')
  })

  it('has volumes', async () => {
    const name = `engine-test-${crypto.randomUUID()}`
    expect(await engine.volumes.create({ Name: name, Labels: { 'engine-test': name } })).toMatchObject({
      Name: name,
    })
    expect(await engine.volumes.inspect(name)).toMatchObject({ Labels: { 'engine-test': name } })
    expect((await engine.volumes.list({ filters: { name: [name] } })).map(({ Name }) => Name)).toEqual([name])
    expect(await engine.volumes.remove(name)).toBe(true)
    expect(await engine.volumes.remove(name)).toBe(false)
    expect(await engine.volumes.inspect(name)).toBeNull()
  })

  it('has networks, which containers join', async () => {
    const name = `engine-test-${crypto.randomUUID()}`
    const id = await engine.networks.create({ Name: name, Labels: { 'engine-test': name } })
    const { Id: container } = await engine.containers.create({ Image: busybox, Cmd: ['true'] })
    try {
      await expect(engine.networks.create({ Name: name })).rejects.toMatchObject({ status: 409 })
      expect(await engine.networks.inspect(name)).toMatchObject({ Id: id, Labels: { 'engine-test': name } })
      expect((await engine.networks.list({ filters: { name: [name] } })).map(({ Id }) => Id)).toEqual([id])
      await engine.containers.connect(container, id, { Aliases: ['friend'] })
      const { NetworkSettings } = (await engine.containers.inspect(container)) ?? {}
      expect(NetworkSettings?.Networks?.[name]?.Aliases).toContain('friend')
    } finally {
      await engine.containers.remove(container, { force: true })
      expect(await engine.networks.remove(id)).toBe(true)
    }
    expect(await engine.networks.remove(id)).toBe(false)
  })
})
