import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { type Cluster, type Shown, startCluster } from './cluster.ts'

const MAPS = '/api/v1/namespaces/default/configmaps'

interface Told {
  readonly type: string
  readonly object: Shown
}

/** A watch whose events are taken one by one. */
async function watch(cluster: Cluster, query: string) {
  const ended = new AbortController()
  const answer = await cluster.open(`${MAPS}?watch=1&${query}`, ended.signal)
  answer.on('error', () => {})
  const lines = createInterface({ input: answer })[Symbol.asyncIterator]()
  return {
    async next(): Promise<Told | null> {
      const { value, done } = await lines.next()
      return done ? null : (JSON.parse(value) as Told)
    },
    [Symbol.dispose]: () => ended.abort(),
  }
}

function make(cluster: Cluster, name: string, labels: object = {}) {
  return cluster.ask('POST', MAPS, { metadata: { name, labels } })
}

function label(cluster: Cluster, name: string, labels: object) {
  return cluster.ask(
    'PATCH',
    `${MAPS}/${name}`,
    { metadata: { labels } },
    {
      'content-type': 'application/merge-patch+json',
    },
  )
}

describe('a watch', () => {
  it('tells what is there, then each change; what stops fitting is gone, and what begins to is new', async () => {
    await using cluster = await startCluster()
    await make(cluster, 'one', { seen: 'yes' })
    using events = await watch(cluster, 'labelSelector=seen')
    expect(await events.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'one' } } })
    await make(cluster, 'two')
    await label(cluster, 'two', { seen: 'yes' })
    expect(await events.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'two' } } })
    await label(cluster, 'two', { more: 'x' })
    expect(await events.next()).toMatchObject({ type: 'MODIFIED', object: { metadata: { name: 'two' } } })
    await label(cluster, 'one', { seen: null })
    expect(await events.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'one' } } })
    await cluster.ask('DELETE', `${MAPS}/two`)
    expect(await events.next()).toMatchObject({ type: 'DELETED', object: { metadata: { name: 'two' } } })
  })

  it('goes on where another was, and tells 410 where that is no longer known', async () => {
    await using cluster = await startCluster({ dialects: { kubernetes: { keptChanges: 2 } } })
    const { body: first } = await make(cluster, 'first')
    const { body: second } = await make(cluster, 'second')
    await make(cluster, 'third')
    using known = await watch(cluster, `resourceVersion=${second.metadata.resourceVersion}`)
    expect(await known.next()).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'third' } } })
    await make(cluster, 'fourth')
    using tooOld = await watch(cluster, `resourceVersion=${first.metadata.resourceVersion}`)
    expect(await tooOld.next()).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    })
    expect(await tooOld.next()).toBeNull()
  })

  it('tells how far it is, where it is asked to and the cluster does', async () => {
    const bookmarkEveryInMs = 50
    await using cluster = await startCluster({ dialects: { kubernetes: { bookmarkEveryInMs } } })
    const { body: list } = await cluster.ask('GET', MAPS)
    using events = await watch(
      cluster,
      `allowWatchBookmarks=true&resourceVersion=${list.metadata.resourceVersion}`,
    )
    expect(await events.next()).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'ConfigMap', metadata: { resourceVersion: list.metadata.resourceVersion } },
    })
  })

  it('ends when it was asked to, and is cut by a fault', async () => {
    await using cluster = await startCluster()
    const { body: list } = await cluster.ask('GET', MAPS)
    const from = `resourceVersion=${list.metadata.resourceVersion}`
    using short = await watch(cluster, `${from}&timeoutSeconds=1`)
    expect(await short.next()).toBeNull()
    cluster.emulator.addFault({
      match: { operation: 'watch configmaps' },
      effect: { kind: 'cut', afterInMs: 50 },
    })
    const answer = await cluster.open(`${MAPS}?watch=1&${from}`)
    const failure = await new Promise((resolve) => {
      answer.once('error', ({ message }) => resolve(message)).resume()
    })
    expect(failure).toBe('aborted')
  })
})

describe('faults', () => {
  it('refuse in the words of a server, with when to come again', async () => {
    await using cluster = await startCluster()
    cluster.emulator.addFault({
      match: { service: 'kubernetes', operation: 'create configmaps', nth: 1 },
      effect: { kind: 'throttle', retryAfterInSeconds: 3 },
    })
    cluster.emulator.addFault({
      match: { operation: 'create configmaps', nth: 2 },
      effect: { kind: 'error', status: 500, code: 'InternalError' },
    })
    const { status, headers, body } = await make(cluster, 'x')
    expect(status).toBe(429)
    expect(headers['retry-after']).toBe('3')
    expect(body).toMatchObject({ reason: 'TooManyRequests', details: { retryAfterSeconds: 3 } })
    expect((await make(cluster, 'x')).body).toMatchObject({ code: 500, reason: 'InternalError' })
    expect((await make(cluster, 'x')).status).toBe(201)
  })

  it('of capacity leave a Pod without a place, and a place is found once there is one', async () => {
    await using cluster = await startCluster({ kubernetes: { nodes: [{ cpu: 1 }] } })
    const cpu = { resources: { requests: { cpu: '600m' } } }
    await cluster.run('first', cpu)
    await cluster.until('first', ({ status }) => status.phase === 'Running')
    await cluster.run('second', cpu)
    const unplaced = await cluster.until('second', ({ status }) => status.conditions !== undefined)
    expect(unplaced.status).toMatchObject({
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: expect.stringMatching(/^0\/1 nodes are available: 1 Insufficient cpu\. preemption: /),
        },
      ],
    })
    expect((await cluster.events('second')).map(({ reason }) => reason)).toContain('FailedScheduling')
    await cluster.ask('DELETE', '/api/v1/namespaces/default/pods/first', { gracePeriodSeconds: 0 })
    await cluster.until('second', ({ status }) => status.phase === 'Running')
  })
})
