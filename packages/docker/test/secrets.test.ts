import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BerthError, type ContainerSpec, http, secret } from '@berth/core'
import { type DockerCapabilities, docker } from '@berth/docker'
import { afterEach, describe, expect, it } from 'vitest'
import { canary, leaksIn } from '../../core/test/canary.ts'
import { busybox, forever, hasEngine, registry, shell, uniqueName, useDocker } from './use-docker.ts'

const secrets = {
  env: { PASSWORD: secret(canary), LOOKED_UP: secret(async () => canary) },
  files: { '/etc/password': secret(canary) },
} as const

describe.skipIf(!hasEngine)(`secrets${hasEngine ? '' : ' (left out: LAB_DOCKER is not set)'}`, () => {
  const lab = useDocker()
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  it('arrive, and show in nothing that is told of their run', async () => {
    const progress: unknown[] = []
    const run = await lab.run(
      { image: busybox, command: forever, ...secrets },
      { onProgress: (each) => progress.push(each) },
    )
    await run.ready()
    const { stdout } = await run.exec([
      'sh',
      '-c',
      'printf "%s %s %s" "$PASSWORD" "$LOOKED_UP" "$(cat /etc/password)"',
    ])
    // Not by toBe: it would print the secret where it fails.
    expect(stdout === `${canary} ${canary} ${canary}`).toBe(true)
    await using elsewhere = docker()
    const told = {
      provider: lab.provider,
      run,
      containers: run.containers,
      events: run.events,
      timeline: run.timeline,
      cost: run.cost(),
      labels: run.labels,
      notes: run.notes,
      attempts: run.attempts,
      progress,
      found: await elsewhere.get(run.id),
      listed: await Array.fromAsync(elsewhere.list()),
      swept: await elsewhere.sweep({ dryRun: true }),
      checked: await elsewhere.check(),
      calls: lab.answers,
      secrets,
    }
    expect(leaksIn(told)).toEqual([])
  })

  it('stand on the engine in the environment of their container alone', async () => {
    const spec = { image: busybox, command: forever }
    const run = await lab.run({
      ...spec,
      ...secrets,
      name: uniqueName(),
      sidecars: { beside: spec },
      volumes: { data: { kind: 'empty' } },
      mounts: [{ volume: 'data', path: '/data' }],
    })
    await run.renew()
    const filters = { label: [`berth-run=${run.ref}`] }
    const containers = await lab.engine.containers.list({ all: true, filters })
    expect(containers).toHaveLength(3)
    let secretVariables = 0
    for (const container of containers) {
      const inspected = await lab.engine.containers.inspect(container.Id)
      const variables = inspected?.Config.Env ?? []
      secretVariables += variables.filter((variable) => leaksIn({ variable }).length > 0).length
      const rest = { ...inspected, Config: { ...inspected?.Config, Env: [] } }
      expect(leaksIn({ listed: container, inspected: rest })).toEqual([])
    }
    expect(secretVariables).toBe(2)
    const volumes = await lab.engine.volumes.list({ filters })
    expect(volumes.length).toBeGreaterThanOrEqual(2)
    expect(leaksIn({ volumes, networks: await lab.engine.networks.list() })).toEqual([])
  })

  it('that a container prints as it exits are not in the error', async () => {
    const run = await lab.run({
      image: busybox,
      command: shell('echo "the password is $PASSWORD"; env; cat /etc/password; echo; exit 3'),
      ...secrets,
      ports: [80],
      ready: http('/'),
    })
    const error = await run.ready().catch((thrown: unknown) => thrown)
    expect(BerthError.isInstance(error) && error.code).toBe('exited')
    const logs = BerthError.isInstance(error) ? (error.evidence.logs ?? []) : []
    expect(logs.map(({ text }) => text)).toContain('the password is [secret]')
    expect(leaksIn({ error, logs, message: String(error), run, timeline: run.timeline })).toEqual([])
  })

  it.each<[string, Partial<ContainerSpec<DockerCapabilities>>]>([
    ['an image that is not there', { image: `${registry}/none-${canary}:1` }],
    ['an image of no registry', { image: `127.0.0.1:1/${canary}:1` }],
    ['a program that is not there', { command: [`/${canary}/none`] }],
    ['a directory that cannot be', { workingDirectory: `/etc/passwd/${canary}` }],
    ['a user that is not there', { user: `none-${canary}` }],
    [
      'a host directory that is not there',
      {
        volumes: { data: { kind: 'host', options: { path: `/nowhere/${canary}` } } },
        mounts: [{ volume: 'data', path: '/data' }],
      },
    ],
    [
      'an init container that fails',
      {
        initContainers: {
          first: { image: busybox, command: ['sh', '-c', 'echo "$PASSWORD"; exit 9'], env: secrets.env },
        },
      },
    ],
    ['a network that is not there', { options: { docker: { network: `none-${canary}` } } }],
    [
      'a secret that cannot be looked up',
      { env: { PASSWORD: secret(() => Promise.reject(new Error(`no entry ${canary}`))) } },
    ],
    ['a variable with a wrong name', { env: { [`WRONG=${canary}`]: secret(canary) } }],
  ])('are in no error of a start that fails for %s', async (_what, wrong) => {
    const error = await (async () => {
      const run = await lab.run({ image: busybox, command: forever, ...secrets, ...wrong })
      await run.ready({ timeout: '20s' })
    })().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(leaksIn({ error })).toEqual([])
  })

  it('that open a registry go to it alone', async () => {
    const asked: string[] = []
    const host = await guardedRegistry('somebody', asked)
    const image = `${host}/busybox:1`
    lab.images.push(image)
    const credentials = { username: 'somebody', password: secret(canary) }
    const progress: unknown[] = []
    const run = await lab.run(
      { image, command: forever, registry: credentials },
      { onProgress: (each) => progress.push(each) },
    )
    await run.ready()
    expect(asked).toContain('let in')
    const inspected = await lab.engine.containers.inspect(run.ref)
    expect(
      leaksIn({ run, progress, inspected, calls: lab.answers, events: run.events, credentials }),
    ).toEqual([])
  })

  it('that a registry refuses are not in the error', async () => {
    const asked: string[] = []
    const host = await guardedRegistry('somebody else', asked)
    const credentials = { username: 'somebody', password: secret(canary) }
    const error = await lab
      .run({ image: `${host}/busybox:1`, command: forever, registry: credentials })
      .catch((thrown: unknown) => thrown)
    expect(BerthError.isInstance(error) && error.code).toMatch(/^(authentication|permission|image-pull)$/)
    expect(asked).toContain('sent away')
    expect(leaksIn({ error })).toEqual([])
  })

  /** The registry, for one user whose password is the canary. It answers with what it was sent, as a careless one may. */
  async function guardedRegistry(user: string, asked: string[]): Promise<string> {
    const expected = `Basic ${Buffer.from(`${user}:${canary}`).toString('base64')}`
    const server = createServer((incoming, outgoing) => {
      const { method, url: path, headers } = incoming
      if (headers.authorization !== expected) {
        if (headers.authorization) asked.push('sent away')
        outgoing.writeHead(401, {
          'www-authenticate': 'Basic realm="guarded"',
          'content-type': 'application/json',
        })
        const message = `not for ${headers.authorization ?? 'anybody'}`
        outgoing.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message }] }))
        return
      }
      asked.push('let in')
      const { authorization: _, ...others } = headers
      const [hostname, port] = registry.split(':')
      incoming.pipe(
        request({ hostname, port, method, path, headers: others }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
          answer.pipe(outgoing)
        }),
      )
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
})
