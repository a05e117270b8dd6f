import { execFile } from 'node:child_process'
import { http, secretRef, started } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { kubernetes } from '../src/index.ts'
import { busybox, forever, hasCluster, kubectl, left, nginx, useCluster } from './use-cluster.ts'

describe.skipIf(!hasCluster)('a run on a cluster', () => {
  const { run, provider } = useCluster({ unschedulableAfterMs: 1_000 })

  it('is reached from this machine by way of the API server', { timeout: 60_000 }, async () => {
    const web = await run({ image: nginx, ports: [80], ready: http('/') })
    await web.ready()
    const address = web.address(80)
    expect(address).toMatchObject({ host: '127.0.0.1', exposure: 'local' })
    const answers = await Promise.all(
      Array.from({ length: 5 }, async () => (await fetch(web.url ?? '')).text()),
    )
    expect(answers).toEqual(Array(5).fill('hello\n'))
    await web.remove()
    await expect(fetch(`http://127.0.0.1:${address.port}/`)).rejects.toThrow()
  })

  it('has a Service where everybody may reach it, which goes with it', { timeout: 60_000 }, async () => {
    const web = await run({ name: 'public', image: nginx, ports: [80], expose: 'public', ready: http('/') })
    const path = `/api/v1/namespaces/default/services/${web.name}`
    await web.ready({ probe: started() })
    // What a cloud's own controller does: here there is none.
    const service = JSON.parse(await kubectl('get', '--raw', path)) as object
    const ip = await kubectl('get', 'pod', web.name, '-o', 'jsonpath={.status.podIP}')
    await replaceRaw(`${path}/status`, { ...service, status: { loadBalancer: { ingress: [{ ip }] } } })
    await web.ready({ probe: http('/') })
    expect(web.address(80)).toMatchObject({ host: ip, port: 80, exposure: 'public' })
    await web.remove()
    expect(await left(web.name)).toEqual([])
  })

  it('tells when its image was pulled, and how long that took', { timeout: 60_000 }, async () => {
    const pulled = await run({
      image: busybox,
      command: forever,
      options: { kubernetes: { imagePullPolicy: 'Always' } },
    })
    await pulled.ready()
    // Who has only waited for the start may have left before its events were told, which a busy node does late.
    await expect
      .poll(
        async () => {
          await pulled.refresh()
          return pulled.timeline.mark('pull-ended')?.sources
        },
        { timeout: 20_000, interval: 250 },
      )
      .toContain('event Pulled')
    expect(pulled.events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Scheduled', 'Pulled', 'Started']),
    )
  })

  it('that no node takes is lack of capacity, and says why', { timeout: 60_000 }, async () => {
    const lost = await run({
      image: busybox,
      command: forever,
      options: { kubernetes: { nodeSelector: { disk: 'of-gold' } } },
    })
    await expect(lost.ready()).rejects.toMatchObject({
      code: 'capacity',
      message: expect.stringMatching(/0\/1 nodes are available.*nodeSelector/),
    })
  })

  it('whose Secret is not there fails at once, and names it', { timeout: 120_000 }, async () => {
    const broken = await run({
      image: busybox,
      command: forever,
      env: { PASSWORD: secretRef('no-such-secret/password') },
    })
    await expect(broken.ready()).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('no-such-secret'),
    })
  })

  it('in a namespace that is not there says how to make it', async () => {
    await using elsewhere = kubernetes({ namespace: 'nowhere' })
    await expect(elsewhere.run({ image: busybox })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('kubectl create namespace nowhere'),
    })
  })

  it('of a cluster that is not there says so', async () => {
    const cluster = async () => ({ server: 'https://127.0.0.1:1', token: async () => 'x' })
    await using nowhere = kubernetes({ cluster })
    await expect(nowhere.run({ image: busybox })).rejects.toMatchObject({ code: 'unavailable' })
    expect((await nowhere.check()).status).toBe('failed')
    expect((await provider.check()).status).toBe('ok')
  })
})

async function replaceRaw(path: string, body: object): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = execFile('kubectl', ['replace', '--raw', path, '-f', '-'], (error) =>
      error ? reject(error) : resolve(),
    )
    child.stdin?.end(JSON.stringify(body))
  })
}
