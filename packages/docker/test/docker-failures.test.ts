import { describe, expect, it } from 'vitest'
import { docker } from '../src/index.ts'
import { foreignImage } from './foreign-image.ts'
import { busybox, forever, hasEngine, nginx, registry, uniqueName, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a start that fails', () => {
  const lab = useDocker()

  /** Starts what must fail, and gives the error once it is sure that nothing is left of it. */
  async function fails(spec: Parameters<typeof lab.run>[0]) {
    const name = uniqueName()
    const error = await lab.run({ ...spec, labels: { 'test-name': name } }).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(await lab.left(`test-name=${name}`)).toEqual([])
    return error
  }

  it('names an image that does not exist', async () => {
    const image = `${registry}/berth-test-absent:1`
    const error = await fails({ image })
    expect(error).toMatchObject({ code: 'image-pull', operation: 'create', provider: 'docker' })
    expect(String(error)).toContain(image)
    expect(await fails({ image: '127.0.0.1:1/nothing:1' })).toMatchObject({
      code: 'image-pull',
      message: expect.stringMatching(/connection refused/),
    })
  })

  it('refuses an image for another processor before it starts, naming both', async () => {
    const image = `berth-test-arm-${process.pid}:1`
    await lab.engine.images.load(await foreignImage(image, 'arm64'))
    lab.images.push(image)
    const error = await fails({ image })
    expect(error).toMatchObject({ code: 'invalid-spec' })
    expect(String(error)).toMatch(/linux\/arm64.*linux\/amd64/)
    // Asked for, it is tried: the engine may emulate it.
    const asked = await lab.run({ image, architecture: 'arm64' }).catch((reason: unknown) => reason)
    expect(asked).not.toMatchObject({ code: 'invalid-spec' })
    const mismatch = await fails({ image: busybox, architecture: 'arm64' })
    expect(mismatch).toMatchObject({
      code: 'invalid-spec',
      message: expect.stringMatching(/linux\/arm64.*linux\/amd64/),
    })
  })

  it('names a port that is taken', async () => {
    const first = await lab.run({ image: nginx, ports: [80] })
    const { port } = first.address(80)
    const error = await fails({ image: nginx, ports: [{ port: 80, publish: port }] })
    expect(error).toMatchObject({ code: 'conflict', message: expect.stringContaining(String(port)) })
    const group = await fails({
      image: nginx,
      ports: [{ port: 80, publish: port }],
      sidecars: { side: { image: busybox, command: forever } },
    })
    expect(group).toMatchObject({ code: 'conflict' })
  })

  it('names a program that the image does not have, and a user that it does not know', async () => {
    expect(await fails({ image: busybox, command: ['/no/such'] })).toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('/no/such'),
    })
    expect(await fails({ image: busybox, command: ['nonsense'] })).toMatchObject({ code: 'start-failed' })
    expect(await fails({ image: busybox, user: 'nobody-here' })).toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('1000:1000'),
    })
  })

  it('refuses before any call what no engine takes', async () => {
    lab.answers.length = 0
    expect(await lab.run({ image: busybox, memory: 1_000 }).catch((error) => error)).toMatchObject({
      code: 'invalid-spec',
    })
    expect(
      await lab
        .run({ image: nginx, ports: [80], health: { probe: { kind: 'http', path: '/' } } })
        .catch((error) => error),
    ).toMatchObject({ code: 'unsupported' })
    expect(lab.answers).toEqual([])
    expect(await fails({ image: busybox, cpu: 4096 })).toMatchObject({ code: 'invalid-spec' })
    expect(
      await fails({
        image: busybox,
        volumes: { host: { kind: 'host', options: { path: '/no/such/folder' } } },
        mounts: [{ volume: 'host', path: '/x' }],
      }),
    ).toMatchObject({ code: 'invalid-spec', message: expect.stringContaining('/no/such/folder') })
  })

  it('gives the same run for the same token, and a conflict for another spec', async () => {
    const token = uniqueName()
    const spec = {
      image: busybox,
      command: forever,
      sidecars: { side: { image: busybox, command: forever } },
    }
    const [one, two] = await Promise.all([lab.run(spec, { token }), lab.run(spec, { token })])
    expect(two.ref).toBe(one.ref)
    const again = await lab.run(spec, { token })
    expect(again.state).toBe('running')
    expect(await lab.run({ ...spec, args: ['x'] }, { token }).catch((error) => error)).toMatchObject({
      code: 'conflict',
    })
    expect(await lab.left(`berth-run=${one.ref}`)).toHaveLength(3)
  })

  it('leaves alone what holds the name without being ours', async () => {
    const token = uniqueName()
    const probe = await lab.run({ image: busybox, command: forever }, { token })
    await probe.remove()
    const { Id } = await lab.engine.containers.create({ Image: busybox }, { name: probe.ref })
    try {
      expect(
        await lab.run({ image: busybox, command: forever }, { token }).catch((error) => error),
      ).toMatchObject({
        code: 'conflict',
      })
      expect(await lab.engine.containers.inspect(Id)).not.toBeNull()
    } finally {
      await lab.engine.containers.remove(Id)
    }
  })

  it('says where no engine is, and how to mend it', async () => {
    const absent = docker({ host: 'unix:///tmp/no-such-engine.sock' })
    expect(await absent.run({ image: busybox }).catch((error) => error)).toMatchObject({
      code: 'unavailable',
      retryable: false,
      message: expect.stringContaining('no-such-engine.sock'),
    })
    const report = await absent.check()
    expect(report.status).toBe('failed')
    expect(report.items.find(({ name }) => name === 'engine')?.mend).toBeDefined()
    const remote = docker({ host: 'tcp://192.0.2.1:2375' })
    expect(await remote.run({ image: busybox }).catch((error) => error)).toMatchObject({
      message: expect.stringContaining('TLS'),
    })
    expect((await lab.provider.check()).items.find(({ name }) => name === 'engine')?.status).toBe('ok')
    expect(() => docker({ host: 'unix:///x', context: 'y' })).toThrow(TypeError)
  })
})
