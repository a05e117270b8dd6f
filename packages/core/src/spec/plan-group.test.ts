import { describe, expect, it } from 'vitest'
import { plan, problemsOf, refusal } from '../../test/spec/problems-of.ts'
import { bareData, engineData, groupsData } from '../../test/types/invented-clouds.ts'
import { BerthError } from '../errors/berth-error.ts'
import { secret, secretRef } from '../secrets/secret.ts'

describe('planGroup', () => {
  it('fills in everything for the least of specs', async () => {
    expect(await plan({ image: 'nginx' })).toEqual({
      name: expect.stringMatching(/^nginx-[0-9a-f]{12}$/),
      token: 'a token',
      tags: expect.anything(),
      labels: {},
      containers: [
        {
          name: 'main',
          role: 'main',
          image: 'nginx',
          command: undefined,
          args: undefined,
          env: {},
          workingDirectory: undefined,
          cpu: undefined,
          memoryInBytes: undefined,
          ports: [],
          files: [],
          mounts: [],
          health: undefined,
          user: undefined,
          registry: undefined,
        },
      ],
      initContainers: [],
      volumes: {},
      restart: 'never',
      architecture: undefined,
      expose: undefined,
      spot: false,
      gpu: undefined,
      region: undefined,
      stopGraceInMs: 10_000,
      maxLifetimeInMs: undefined,
      fit: 'exact',
      native: undefined,
    })
  })

  it('carries over all that is asked for', async () => {
    const password = secret('hunter22')
    const planned = await plan({
      image: 'registry.example:5000/team/web:1',
      name: 'Shop Front',
      command: ['', ' a\n$b"', '\u{1F6A2}'],
      args: [],
      env: { EMPTY: '', PASSWORD: password, 'odd.name': ' =\t', __proto__: 'x' },
      workingDirectory: '/srv',
      cpu: 0.5,
      memory: '1.5Gi',
      ports: [80, { port: 53, protocol: 'udp', publish: 5_353 }],
      files: { '/a': 'text', '/b': new Uint8Array([1]), '/c': password, '/d': { content: 'x', mode: 0o700 } },
      volumes: { data: { kind: 'host', options: { path: '/srv/data' } } },
      mounts: [{ volume: 'data', path: '/data', readOnly: true }],
      health: { probe: { kind: 'http', path: '/' }, interval: '5s' },
      user: 1_000,
      registry: { username: 'me', password },
      sidecars: { proxy: { image: 'envoy', ports: [81] } },
      initContainers: { second: { image: 'b' }, first: { image: 'a' } },
      restart: 'always',
      architecture: 'arm64',
      expose: 'public',
      stopGrace: '1m',
      lifetime: { maxLifetime: '1h' },
      labels: { team: 'web' },
      fit: 'up',
      ready: { kind: 'http', path: '/', port: 81 },
      options: { engine: { privileged: true }, other: { thing: 1 } },
    })
    const [main, proxy] = planned.containers
    expect(main).toMatchObject({
      command: ['', ' a\n$b"', '\u{1F6A2}'],
      args: [],
      cpu: 0.5,
      memoryInBytes: 1_610_612_736,
      ports: [
        { port: 80, protocol: 'tcp', publish: undefined },
        { port: 53, protocol: 'udp', publish: 5_353 },
      ],
      files: [
        { path: '/a', content: 'text', mode: 0o644 },
        { path: '/b', content: new Uint8Array([1]), mode: 0o644 },
        { path: '/c', content: password, mode: 0o400 },
        { path: '/d', content: 'x', mode: 0o700 },
      ],
      mounts: [{ volume: 'data', path: '/data', readOnly: true }],
      health: { probe: { kind: 'http', path: '/' }, interval: 5_000 },
      user: '1000',
    })
    expect(main?.env.PASSWORD).toBe(password)
    expect(main?.env.EMPTY).toBe('')
    expect(proxy).toMatchObject({ name: 'proxy', role: 'sidecar', image: 'envoy' })
    expect(planned.initContainers.map(({ name, role }) => [name, role])).toEqual([
      ['second', 'init'],
      ['first', 'init'],
    ])
    expect(planned).toMatchObject({
      name: expect.stringMatching(/^shop-front-/),
      restart: 'always',
      architecture: 'arm64',
      expose: 'public',
      stopGraceInMs: 60_000,
      maxLifetimeInMs: 3_600_000,
      labels: { team: 'web' },
      fit: 'up',
      native: { privileged: true },
    })
  })

  it('keeps an own environment variable called __proto__', async () => {
    const [main] = (await plan({ image: 'a', env: JSON.parse('{"__proto__":"x"}') })).containers
    expect(Object.entries(main?.env ?? {})).toEqual([['__proto__', 'x']])
  })

  it('does not follow what the caller changes later', async () => {
    const content = new Uint8Array([1])
    const command = ['a']
    const planned = await plan({ image: 'a', command, files: { '/a': content } })
    content[0] = 2
    command.push('b')
    expect(planned.containers[0]?.command).toEqual(['a'])
    expect(planned.containers[0]?.files[0]?.content).toEqual(new Uint8Array([1]))
  })

  it.each([
    [undefined, 'scope', '1700000061'],
    ['scope', 'scope', '1700000061'],
    ['keep', 'keep', 'never'],
    [{ lease: '10m' }, 'lease-600', '1700000601'],
    [{ maxLifetime: 1_500 }, 'max-2', '1700000002'],
  ])('tags the lifetime %j', async (lifetime, tag, expires) => {
    const { tags, name } = await plan({ image: 'nginx', lifetime })
    expect(tags).toMatchObject({ 'berth-lifetime': tag, 'berth-expires': expires, 'berth-run': name })
    expect(tags['berth-owner']).toBe('machine.boot.1')
    for (const value of Object.values(tags))
      expect(value).toMatch(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/)
  })

  it.each([null, undefined, 'nginx', 7, [], ['nginx'], () => ({}), secret('swordfish')])(
    'throws TypeError for %o, which is no spec',
    async (spec) => {
      await expect(plan(spec)).rejects.toThrow(TypeError)
      await expect(plan(spec)).rejects.toThrow("such as { image: 'nginx:1', ports: [80] }")
    },
  )

  it('shows no control character of a value as such', async () => {
    expect(await problemsOf({ image: 'nginx\u001b[2J\nroot' })).toEqual([
      String.raw`image: 'nginx\u001b[2J\nroot' holds white space; did you mean 'nginx\u001b[2Jroot'?`,
    ])
  })

  it('throws TypeError for an empty token', async () => {
    await expect(plan({ image: 'nginx' }, engineData, '')).rejects.toThrow(TypeError)
  })

  it('lists all problems in one message, and says whom the spec was for', async () => {
    const error = await refusal({ image: 'nginx', ports: [0, 99_999], gpu: { count: 1 } })
    expect(error.code).toBe('invalid-spec')
    expect(error.provider).toBe('here')
    expect(error.message).toMatch(
      /^the spec for 'here' has 3 problems:\n {2}gpu: .*\n {2}ports\[0\]: .*\n {2}ports\[1\]: /,
    )
  })

  it('is `unsupported` where the cloud lacks all that is refused', async () => {
    expect((await refusal({ image: 'nginx', gpu: { count: 1 }, spot: true })).code).toBe('unsupported')
  })

  it('names twenty problems at the most', async () => {
    const problems = await problemsOf({ image: 'a', ports: Array.from({ length: 30 }, () => 'x') })
    expect(problems).toHaveLength(21)
    expect(problems.at(-1)).toBe('and 10 more')
  })

  it('says once what is wrong with a field, not again for what it holds', async () => {
    expect(await problemsOf({ image: 'a', volumes: { Data: 7 }, mounts: 7 }, bareData)).toEqual([
      'volumes: bare does not support volumes; leave it out, or run on a cloud that has it',
      'mounts: bare does not support mounts; leave it out, or run on a cloud that has it',
    ])
  })

  it('never shows what stands in the environment or as a password', async () => {
    const { message } = await refusal({
      image: 'a',
      env: { PIN: 8_231_947, WORD: 'hunter\0two' },
      registry: { username: 'a', password: 'swordfish' },
    })
    expect(message).toContain('env.PIN: is a number')
    expect(message).toContain('registry.password: must be marked as a secret')
    expect(message).not.toMatch(/8231947|hunter|swordfish/)
  })

  it('refuses before anything is made where a secret cannot be had, with the reason as the cause', async () => {
    const cause = new Error('vault is sealed')
    const failing = secret(() => Promise.reject(cause))
    const error = await refusal({ image: 'a', sidecars: { b: { image: 'b', env: { PASSWORD: failing } } } })
    expect(error.code).toBe('invalid-spec')
    expect(error.message).toContain('sidecars.b.env.PASSWORD: the function of this secret failed')
    expect(error.message).not.toContain('sealed')
    expect(error.cause).toBe(cause)
  })

  it('asks for no secret of another adapter’s options', async () => {
    const other = secret(() => Promise.reject(new Error('not ours')))
    const planned = await plan({ image: 'a', options: { groups: { key: other } } })
    expect(planned.native).toBeUndefined()
  })

  it('hands over a secretRef where the cloud has a store', async () => {
    const reference = secretRef('arn:aws:ssm:a')
    const planned = await plan({ image: 'a', env: { A: reference } }, { ...groupsData, secretRef: true })
    expect(planned.containers[0]?.env.A).toBe(reference)
  })

  it('counts the files of one container together, secrets included', async () => {
    const small = { ...engineData, files: { secret: true, maxBytes: 10 } }
    await expect(
      plan({ image: 'a', files: { '/a': '12345', '/b': secret('12345') } }, small),
    ).resolves.toBeDefined()
    expect(
      await problemsOf({ image: 'a', files: { '/a': '1234é', '/b': secret(() => '12345') } }, small),
    ).toEqual([
      "files: 11 bytes in all, more than the 10 that engine takes for one container; the largest is '/a' with 6; build large files into the image, or mount a volume",
    ])
    expect(
      (
        await problemsOf(
          { image: 'a', sidecars: { b: { image: 'b', files: { '/c': '12345678901' } } } },
          small,
        )
      )[0],
    ).toMatch(/^sidecars\.b\.files: 11 bytes/)
  })

  it('throws BerthError as such, not as another class', async () => {
    expect(await refusal({})).toBeInstanceOf(BerthError)
  })
})
