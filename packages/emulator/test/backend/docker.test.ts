import { createEngineClient } from '@berth/docker/engine'
import { describe, expect, it } from 'vitest'
import type { DockerPlace } from '../../src/backend/docker/docker-place.ts'
import { createDockerSandbox } from '../../src/backend/docker/docker-sandbox.ts'
import { ownerLabels } from '../../src/backend/docker/emulator-labels.ts'
import { podRegistry } from '../../src/backend/pod-registry.ts'
import { eventually, linesOf, useBackend, worlds } from './worlds.ts'

const onDocker = worlds.filter(({ kind }) => kind === 'docker')
if (onDocker.length === 0) describe('only on docker', () => it.skip('needs a Docker Engine: set LAB_DOCKER'))

describe.each(onDocker)('only on $kind', (world) => {
  const forTest = useBackend(world)
  const { pod: newPod, script } = forTest

  it('says that containers have addresses of the bridge', () => {
    expect(forTest.backend).toMatchObject({ kind: 'docker', addressing: "addresses of the engine's bridge" })
  })

  it('ends what takes more memory than it may', async () => {
    const pod = await newPod()
    await pod.start(
      script('head -c 100000000 /dev/zero | tail; echo survived', { memoryInBytes: 20_000_000 }),
    )
    const end = await pod.ended('main')
    expect(end.outOfMemory).toBe(true)
  })

  it('limits to the processors that there are', async () => {
    const pod = await newPod()
    await pod.start(script('true', { cpu: 1000 }))
    expect(await pod.ended('main')).toMatchObject({ exitCode: 0 })
  })

  it('runs as the user that is asked for, who may write in an empty volume', async () => {
    const pod = await newPod({ volumes: { data: { kind: 'empty' } }, hostname: 'web-1' })
    await pod.start(
      script('id -u; hostname; echo yes > /data/x && cat /data/x', {
        user: '1234',
        mounts: [{ volume: 'data', path: '/data', readOnly: false }],
      }),
    )
    await pod.ended('main')
    expect(await linesOf(pod)).toEqual(['o 1234', 'o web-1', 'o yes'])
  })

  it('refuses to write where a mount is read-only', async () => {
    const pod = await newPod({ volumes: { data: { kind: 'empty' } } })
    const mounts = [{ volume: 'data', path: '/data', readOnly: true }]
    await pod.start(script('echo > /data/x', { mounts }))
    expect(await pod.ended('main')).toMatchObject({ exitCode: 1 })
  })

  it('does not hand on labels under which others would take its containers for theirs', async () => {
    using engine = createEngineClient()
    const pod = await newPod({ labels: { 'berth-run': 'theirs', team: 'blue' } })
    await pod.start(script('sleep 100'))
    const filters = { label: [`berth-emulator=${forTest.options.name}`] }
    const containers = await engine.containers.list({ filters })
    expect(containers.length).toBeGreaterThanOrEqual(2)
    for (const { Labels } of containers) {
      expect(Labels).toMatchObject({ 'berth-emulator-label.team': 'blue', 'berth-emulator-pod': pod.name })
      for (const key of ['berth-run', 'team']) expect(Object.keys(Labels ?? {})).not.toContain(key)
    }
  })

  it('publishes ports on loopback where containers cannot be reached at their own address', async () => {
    using engine = createEngineClient()
    const { name } = forTest.options
    const place: DockerPlace = {
      engine,
      name,
      labels: ownerLabels(name),
      processorCount: 1,
      logDriver: 'local',
      bridgeIsReachable: false,
    }
    const pods = podRegistry((spec) => createDockerSandbox(place, spec))
    const web = { port: 80, protocol: 'tcp' } as const
    const pod = await pods.create({ name: 'mapped', labels: {}, ports: [web], volumes: {} })
    try {
      const address = pod.address(web)
      expect(address).toEqual({ host: '127.0.0.1', port: expect.any(Number), mapped: true })
      expect(() => pod.address({ port: 81, protocol: 'tcp' })).toThrow(/not among the ports/)
      await pod.start(forTest.server(80))
      const answer = () =>
        fetch(`http://${address.host}:${address.port}/`).then((response) => response.text())
      await eventually(() => answer().catch(() => undefined)).toBe('hello')
    } finally {
      await pods.close()
    }
  })
})
