import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngineClient } from '@berth/docker/engine'
import { describe, expect, it } from 'vitest'
import type { ContainerSpec } from '../../src/backend/backend.ts'
import { type BackendOptions, createBackend, removeLeftovers } from '../../src/backend/create-backend.ts'
import { eventually, unique, type World, worlds } from './worlds.ts'

describe.each(worlds)('what is left on $kind', (world) => {
  it('is nothing after the close', async () => {
    await using place = await emptyPlace(world)
    const backend = await createBackend(place.options)
    await backend.pull(world.image, {})
    for (const name of ['one', 'two']) {
      const pod = await backend.createPod({ ...emptyPod, name })
      await pod.start(sleeper(world, 'main'))
      await pod.start(sleeper(world, 'side'))
    }
    expect((await place.left()).length).toBeGreaterThan(0)
    // A third is just being made.
    const making = backend.createPod({ ...emptyPod, name: 'three' })
    await Promise.all([backend.close(), Promise.allSettled([making])])
    expect(await place.left()).toEqual([])
    await expect(backend.createPod({ ...emptyPod, name: 'four' })).rejects.toThrow(/closed/)
  })

  it('is nothing after a removal in the middle of a start', async () => {
    await using place = await emptyPlace(world)
    const backend = await createBackend(place.options)
    await backend.pull(world.image, {})
    for (const delayInMs of [0, 10, 100]) {
      const pod = await backend.createPod({ ...emptyPod, name: `pod-${delayInMs}` })
      const starts = ['a', 'b'].map((name) => pod.start(sleeper(world, name)))
      const settled = Promise.allSettled(starts)
      await new Promise((resolve) => setTimeout(resolve, delayInMs))
      await pod.remove()
      for (const outcome of await settled) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ reason: 'refused' })
      }
      await expect(pod.start(sleeper(world, 'c'))).rejects.toMatchObject({ reason: 'refused' })
      await pod.remove()
    }
    const beforeClose = await place.leftOfPods()
    await backend.close()
    expect(beforeClose).toEqual([])
    expect(await place.left()).toEqual([])
  })

  it('is nothing of a process that was killed, once its leftovers are removed', async () => {
    await using place = await emptyPlace(world)
    const owner = await startOwner(place.options, world, 2)
    expect(await removeLeftovers(place.options)).toBe(0)
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    expect((await place.left()).length).toBeGreaterThan(0)
    expect(await removeLeftovers(place.options)).toBeGreaterThanOrEqual(2)
    // A supervisor that was only just being started sees that it must not, and ends.
    await eventually(place.left).toEqual([])
    expect(await removeLeftovers(place.options)).toBe(0)
  })

  it('is removed by the next emulator of the same name, which leaves others alone', async () => {
    await using place = await emptyPlace(world)
    await using otherPlace = await emptyPlace(world)
    const [owner, other] = await Promise.all([
      startOwner(place.options, world, 1),
      startOwner(otherPlace.options, world, 1),
    ])
    for (const killed of [owner, other]) {
      killed.kill('SIGKILL')
      await once(killed, 'exit')
    }
    const backend = await createBackend(place.options)
    expect((await otherPlace.left()).length).toBeGreaterThan(0)
    await backend.close()
    await eventually(place.left).toEqual([])
    await removeLeftovers(otherPlace.options)
    await eventually(otherPlace.left).toEqual([])
  })
})

const emptyPod = {
  labels: { 'berth-run': 'not-ours' },
  ports: [{ port: 80, protocol: 'tcp' as const }],
  volumes: { data: { kind: 'empty' as const } },
}

function sleeper({ image }: World, name: string): ContainerSpec {
  const mounts = [{ volume: 'data', path: '/data', readOnly: false }]
  return { name, image, command: ['sh', '-c', 'sleep 100'], env: {}, mounts }
}

async function startOwner(options: BackendOptions, { image }: World, count: number): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./owner.ts', import.meta.url))
  const args = ['--conditions=@berth/source', script, JSON.stringify(options), image, String(count)]
  const owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(owner.stdout, 'data')
  return owner
}

/** A name and a directory that nothing was made under yet, and a look past the backend at what is there. */
async function emptyPlace({ kind }: World) {
  const directory = await mkdtemp(join(tmpdir(), 'berth-test-'))
  const options = { kind, name: unique('left'), directory }
  const left = () =>
    kind === 'docker' ? leftOnEngine(options.name) : leftOfProcesses(directory, options.name)
  return {
    options,
    left,
    /** The same without what a backend keeps for itself while it is open. */
    leftOfPods: async () =>
      (await left()).filter((path) => kind === 'docker' || /groups\/|volumes\//.test(path)),
    async [Symbol.asyncDispose]() {
      await removeLeftovers(options)
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function leftOnEngine(name: string): Promise<string[]> {
  using engine = createEngineClient()
  const filters = { label: [`berth-emulator=${name}`] }
  const [containers, volumes, foreign] = await Promise.all([
    engine.containers.list({ all: true, filters }),
    engine.volumes.list({ filters }),
    engine.containers.list({ all: true, filters: { label: ['berth-run=not-ours'] } }),
  ])
  expect(foreign).toEqual([])
  return [...containers.map(({ Names }) => Names[0] ?? ''), ...volumes.map(({ Name }) => Name)]
}

async function leftOfProcesses(directory: string, name: string): Promise<string[]> {
  const files = await readdir(join(directory, name), { recursive: true }).catch(() => [])
  const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n')
  return [...files, ...processes.filter((line) => line.includes(directory) && !line.includes('owner.ts'))]
}
