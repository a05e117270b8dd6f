import { randomBytes } from 'node:crypto'
import { createEngineClient, ensurePauseImage, pauseImage } from '@berth/docker/engine'
import { describe, expect, it } from 'vitest'
import { pauseProgram } from '../../src/engine/pause-program.ts'
import { engineForTest, engineIsThere } from './engine-for-test.ts'

describe.skipIf(!engineIsThere)('the pause image', () => {
  const { engine, create } = engineForTest()

  it('is the same for clients that make it at once', async () => {
    const others = Array.from({ length: 3 }, () => createEngineClient())
    const names = await Promise.all(
      [...others, engine].map((client) => ensurePauseImage(client, { again: true })),
    )
    expect(new Set(names)).toEqual(new Set([pauseImage]))
    for (const other of others) other.close()
    const images = await engine.images.list({ filters: { label: ['berth.pause'] } })
    expect(images.map(({ RepoTags }) => RepoTags)).toEqual([[pauseImage]])
  })

  it.skipIf(process.arch !== 'x64')('is put in the place of another image of its name', async () => {
    const id = (await engine.images.inspect(await ensurePauseImage(engine)))?.Id
    // it works as well, since others may use the engine at this moment
    const { packTar } = await import('modern-tar')
    const body = Buffer.concat([pauseProgram('amd64'), randomBytes(8)])
    const tar = await packTar([{ header: { name: 'pause', size: body.length, mode: 0o755 }, body }])
    const changes = ['ENTRYPOINT ["/pause"]']
    const impostor = await engine.images.import(tar, { reference: pauseImage, changes })
    try {
      await ensurePauseImage(engine, { again: true })
      expect((await engine.images.inspect(pauseImage))?.Id).toBe(id)
    } finally {
      await engine.images.remove(impostor, { force: true })
    }
  })

  it('waits, without using processor time, and lends its network', async () => {
    const { Id } = await engine.containers.create({ Image: await ensurePauseImage(engine) })
    try {
      await engine.containers.start(Id)
      const guest = await create('cat /proc/net/dev', { host: { NetworkMode: `container:${Id}` } })
      await engine.containers.start(guest)
      expect(await engine.containers.wait(guest)).toEqual({ exitCode: 0 })
      const [first] = await Promise.all([
        engine.containers.stats(Id),
        new Promise((resolve) => setTimeout(resolve, 300)),
      ])
      const second = await engine.containers.stats(Id)
      const spent = second.cpu_stats.cpu_usage.total_usage - first.cpu_stats.cpu_usage.total_usage
      expect(spent).toBeLessThan(50_000_000) // a program that spins would have used 300 ms
      expect((await engine.containers.inspect(Id))?.State.Running).toBe(true)
      await engine.containers.stop(Id)
      expect(await engine.containers.wait(Id)).toEqual({ exitCode: 137 })
    } finally {
      await engine.containers.remove(Id, { force: true })
    }
  })
})
