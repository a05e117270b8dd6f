import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eventually, groupBody, startAzure } from '../azure.ts'
import { reals } from '../real.ts'

describe.each(reals)('containers that really run on $kind', ({ kind, image, options }) => {
  const shell = (script: string, container: object = {}) => ({
    image,
    command: ['sh', '-c', script],
    ...container,
  })

  it('tell how they ended, and what they wrote', async () => {
    await using azure = await startAzure(options)
    const script = 'echo one; echo two >&2; sleep 0.3; echo "$WORD"; sleep 0.2; exit 3'
    const environmentVariables = [{ name: 'WORD', secureValue: 'three' }]
    await azure.call(
      'PUT',
      'job',
      groupBody({
        container: shell(script, { environmentVariables }),
        properties: { restartPolicy: 'Never' },
      }),
    )
    const group = await azure.until('job', ({ instanceView }) => instanceView?.state === 'Failed')
    const state = group.containers[0]?.instanceView?.currentState
    expect(state).toMatchObject({ state: 'Terminated', exitCode: 3, detailStatus: 'Error' })
    const { content = '' } = await azure.client.containers.listLogs('berth', 'job', 'main')
    expect(content.split('\n').sort()).toEqual(['', 'one', 'three', 'two'])
    const tail = await azure.client.containers.listLogs('berth', 'job', 'main', { tail: 1 })
    expect(tail.content).toBe('three\n')
    const stamped = await azure.client.containers.listLogs('berth', 'job', 'main', { timestamps: true })
    expect(stamped.content).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z one$/m)
  })

  it('keep the end of their logs when the group is stopped', async () => {
    await using azure = await startAzure({ ...options, limits: { aci: { logLinesStopped: 2 } } })
    const script = 'echo one; echo two; echo three; trap "exit 0" TERM; while :; do sleep 0.1; done'
    await azure.call('PUT', 'web', groupBody({ container: shell(script) }))
    await azure.settled('web')
    const content = async () => (await azure.client.containers.listLogs('berth', 'web', 'main')).content
    await eventually(content).toBe('one\ntwo\nthree\n')
    await azure.client.containerGroups.stop('berth', 'web')
    await azure.until('web', ({ instanceView }) => instanceView?.state === 'Stopped')
    expect(await content()).toBe('two\nthree\n')
  })

  it('show the last 4 MB of a log while they run', async () => {
    await using azure = await startAzure({ ...options, limits: { aci: { logBytesRunning: 10 } } })
    await azure.call('PUT', 'web', groupBody({ container: shell('echo 0123456789abcdef; sleep 60') }))
    await azure.settled('web')
    await eventually(
      async () => (await azure.client.containers.listLogs('berth', 'web', 'main')).content,
    ).toBe('789abcdef\n')
  })

  it('answer at their address', async () => {
    await using azure = await startAzure(options)
    const port = 8080
    const container =
      kind === 'process'
        ? { image: 'berth/hello' }
        : shell(`mkdir /site; echo hello > /site/index.html; exec httpd -f -h /site -p ${port}`)
    await azure.call(
      'PUT',
      'web',
      groupBody({
        container: { ...container, ports: [{ port }] },
        properties: { ipAddress: { type: 'Public', ports: [{ port }] } },
      }),
    )
    const { ipAddress } = await azure.settled('web')
    const [served] = ipAddress?.ports ?? []
    const answer = async () => (await fetch(`http://${ipAddress?.ip}:${served?.port}/`)).text()
    await eventually(() => answer().catch(String)).toContain('hello')
  })

  it('restart when a liveness probe fails', async () => {
    await using azure = await startAzure({ ...options, timeScale: 20 })
    const livenessProbe = {
      exec: { command: ['sh', '-c', 'echo gone; exit 1'] },
      initialDelaySeconds: 5,
      periodSeconds: 5,
      failureThreshold: 2,
      // The engine's exec on a busy machine, at twenty times the clock's speed.
      timeoutSeconds: 60,
    }
    await azure.call('PUT', 'web', groupBody({ container: shell('sleep 60', { livenessProbe }) }))
    const group = await azure.until(
      'web',
      ({ containers: [container] }) => (container?.instanceView?.restartCount ?? 0) > 0,
    )
    const view = group.containers[0]?.instanceView
    expect(view?.previousState?.state ?? view?.currentState?.state).toBe('Terminated')
    const unhealthy = view?.events?.find(({ name }) => name === 'Unhealthy')
    expect(unhealthy).toMatchObject({ type: 'Warning', message: 'Liveness probe failed: gone' })
    expect(unhealthy?.count).toBeGreaterThanOrEqual(2)
    expect(view?.events?.find(({ name }) => name === 'Killing')?.message).toContain('failed liveness probe')
  })

  it('are told of when a readiness probe fails, and run on', async () => {
    await using azure = await startAzure({ ...options, timeScale: 20 })
    const readinessProbe = { httpGet: { port: 8080, path: '/' }, periodSeconds: 5 }
    const container = shell('sleep 60', { readinessProbe, ports: [{ port: 8080 }] })
    await azure.call('PUT', 'web', groupBody({ container }))
    const group = await azure.until(
      'web',
      ({ containers: [main] }) =>
        main?.instanceView?.events?.some(({ name }) => name === 'Unhealthy') ?? false,
    )
    expect(group.containers[0]?.instanceView).toMatchObject({
      restartCount: 0,
      currentState: { state: 'Running' },
    })
  })

  it('have no log before they have started', async () => {
    await using azure = await startAzure({ ...options, profile: { durations: { placing: 20_000 } } })
    await azure.call('PUT', 'web', groupBody({ container: shell('sleep 60') }))
    const { status, body } = await azure.call('GET', 'web/containers/main/logs')
    expect([status, body.error.code]).toEqual([404, 'ContainerLogNotAvailable'])
    const unknown = await azure.call('GET', 'web/containers/other/logs')
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'ContainerNotFound'])
  })

  it('are gone when the emulator is', async () => {
    const azure = await startAzure(options)
    // Somebody else may be given the address as soon as it is free.
    const page = kind === 'process' ? 'hello' : randomUUID()
    const container =
      kind === 'process'
        ? { image: 'berth/hello' }
        : shell(`mkdir /s; echo -n ${page} > /s/index.html; exec httpd -f -h /s -p 8080`)
    const ports = [{ port: 8080 }]
    const properties = { ipAddress: { type: 'Public', ports } }
    await azure.call('PUT', 'web', groupBody({ container: { ...container, ports }, properties }))
    const { ipAddress } = await azure.settled('web')
    const url = `http://${ipAddress?.ip}:${ipAddress?.ports[0]?.port}/`
    const isServed = () =>
      fetch(url).then(
        async (answer) => (await answer.text()) === page,
        () => false,
      )
    await eventually(isServed).toBe(true)
    await azure.emulator.close()
    expect(await isServed()).toBe(false)
  })
})

describe.skipIf(!process.env.LAB_DOCKER)('volumes on docker', () => {
  const docker = reals.find(({ kind }) => kind === 'docker')

  it('are files with what the secret holds, and directories that containers share', async () => {
    await using azure = await startAzure(docker?.options)
    const image = docker?.image ?? ''
    const resources = { requests: { cpu: 0.5, memoryInGB: 0.5 } }
    const properties = {
      restartPolicy: 'Never',
      volumes: [
        { name: 'secrets', secret: { key: Buffer.from('open sesame').toString('base64') } },
        { name: 'shared', emptyDir: {} },
      ],
      containers: [
        {
          name: 'writer',
          properties: {
            image,
            resources,
            command: ['sh', '-c', 'cat /s/key > /shared/out'],
            volumeMounts: [
              { name: 'secrets', mountPath: '/s' },
              { name: 'shared', mountPath: '/shared' },
            ],
          },
        },
        {
          name: 'reader',
          properties: {
            image,
            resources,
            command: ['sh', '-c', 'until [ -s /shared/out ]; do sleep 0.05; done; cat /shared/out'],
            volumeMounts: [{ name: 'shared', mountPath: '/shared', readOnly: true }],
          },
        },
      ],
    }
    await azure.call('PUT', 'pair', groupBody({ properties }))
    await azure.until('pair', ({ instanceView }) => instanceView?.state === 'Succeeded')
    const { content } = await azure.client.containers.listLogs('berth', 'pair', 'reader')
    expect(content).toBe('open sesame')
  })
})
