import { describe, expect, it } from 'vitest'
import type { ContainerSpec, Pod } from '../../src/backend/backend.ts'
import { createBackend } from '../../src/backend/create-backend.ts'
import { collect } from './worlds.ts'

const emptyPod = { labels: {}, ports: [], volumes: {} }

function container(image: string, name = 'main'): ContainerSpec {
  return { name, image, env: {}, mounts: [] }
}

async function newPod(): Promise<Pod> {
  const backend = await createBackend({ kind: 'none', name: 'none' })
  return backend.createPod({ ...emptyPod, name: 'pod' })
}

describe('backend none', () => {
  it('runs until it is told to stop', async () => {
    const pod = await newPod()
    const { after, before } = await pod.start(container('nginx'))
    expect(after).toBeLessThanOrEqual(before)
    await expect(pod.start(container('nginx'))).rejects.toMatchObject({ reason: 'refused' })
    expect(await pod.stop('main', 1000)).toMatchObject({
      exitCode: 143,
      signal: 'SIGTERM',
      outOfMemory: false,
    })
    await pod.start(container('nginx'))
    await pod.kill('main', 'SIGKILL')
    expect(await pod.ended('main')).toMatchObject({ exitCode: 137, signal: 'SIGKILL' })
  })

  it('ends as the name of its image says', async () => {
    const pod = await newPod()
    await pod.start(container('none/exit:3'))
    expect(await pod.ended('main')).toMatchObject({ exitCode: 3, outOfMemory: false })
    const askedAt = performance.now()
    await pod.start(container('registry.example:5000/none/exit:4-after-100'))
    expect(await pod.ended('main')).toMatchObject({ exitCode: 4 })
    expect(performance.now() - askedAt).toBeGreaterThan(90)
    await pod.start(container('none/oom:after-10'))
    expect(await pod.ended('main')).toMatchObject({ exitCode: 137, signal: 'SIGKILL', outOfMemory: true })
  })

  it('fails as the name of its image says', async () => {
    const backend = await createBackend({ kind: 'none', name: 'none' })
    await expect(backend.pull('none/no-image', {})).rejects.toMatchObject({ reason: 'not-found' })
    for (const reason of ['unauthorized', 'unreachable', 'rate-limited']) {
      await expect(backend.pull(`none/no-image:${reason}`, {})).rejects.toMatchObject({
        name: 'ImageError',
        reason,
      })
    }
    const pod = await backend.createPod({ ...emptyPod, name: 'pod' })
    await backend.pull('none/no-start:refused', {})
    for (const reason of ['not-found', 'not-executable', 'refused']) {
      await expect(pod.start(container(`none/no-start:${reason}`))).rejects.toMatchObject({
        name: 'StartError',
        reason,
      })
    }
  })

  it('fetches each image once', async () => {
    const backend = await createBackend({ kind: 'none', name: 'none' })
    expect(await backend.pull('nginx:1', {})).toMatchObject({ wasFetched: true })
    expect(await backend.pull('nginx:1', {})).toMatchObject({ wasFetched: false })
    await expect(backend.pull('Not A Name', {})).rejects.toMatchObject({ reason: 'invalid-name' })
  })

  it('writes nothing, serves nothing and executes nothing', async () => {
    const pod = await newPod()
    await pod.start(container('nginx'))
    expect(await collect(pod.logs('main', {}))).toEqual([])
    const followed = collect(pod.logs('main', { follow: true }))
    await expect(pod.exec('main', ['ls'], { tty: false, stdin: false })).rejects.toMatchObject({
      reason: 'refused',
    })
    await expect(pod.connect(80)).rejects.toThrow(/nothing answers/)
    const attached = await pod.attach('main', { stdin: true })
    const outputs = Promise.all([collect(attached.stdout), collect(attached.stderr)])
    await pod.stop('main', 0)
    expect(await outputs).toEqual([[], []])
    expect(await attached.exited).toMatchObject({ exitCode: 143 })
    expect(await followed).toEqual([])
  })

  it('lets a follower go by a signal, with its reason', async () => {
    const pod = await newPod()
    await pod.start(container('nginx'))
    const leave = new AbortController()
    const followed = collect(pod.logs('main', { follow: true, signal: leave.signal }))
    const reason = new Error('enough')
    leave.abort(reason)
    await expect(followed).rejects.toBe(reason)
  })

  it('runs a thousand pods, each with an address of its own, at once', async () => {
    const backend = await createBackend({ kind: 'none', name: 'none' })
    const startedAt = performance.now()
    const names = Array.from({ length: 1000 }, (_, index) => `pod-${index}`)
    const pods = await Promise.all(names.map((name) => backend.createPod({ ...emptyPod, name })))
    await Promise.all(pods.map((pod) => pod.start(container('nginx'))))
    expect(new Set(pods.map(({ host }) => host)).size).toBe(1000)
    await backend.close()
    const ends = await Promise.all(pods.map((pod) => pod.ended('main')))
    expect(ends.every(({ signal }) => signal === 'SIGKILL')).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(5000)
  })
})
