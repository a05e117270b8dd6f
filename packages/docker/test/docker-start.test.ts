import { http, log, secret } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { busybox, forever, hasEngine, nginx, shell, startCalls, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a start', () => {
  const lab = useDocker()

  it('takes three calls, tells where its time went, and leaves nothing', async () => {
    lab.answers.length = 0
    const run = await lab.run({ image: nginx, ports: [80], ready: http('/') })
    expect(startCalls(lab.answers)).toEqual([
      'POST /containers/create',
      'POST /containers/…/start',
      'GET /containers/…/json',
    ])
    await run.ready()

    const response = await fetch(run.url ?? '')
    expect(await response.text()).toBe('hello\n')
    expect(run.address(80)).toMatchObject({ host: '127.0.0.1', exposure: 'local', proxied: true })
    expect(run.state).toBe('ready')
    const { timeline } = run
    expect(timeline.assumptions).toBe('declared')
    const pinned = timeline.marks.filter((mark) => mark.pinned).map(({ name }) => name)
    expect(pinned).toEqual(expect.arrayContaining(['accepted', 'created', 'started']))
    const sum = timeline.phases.reduce((total, { duration }) => total + duration, 0)
    expect(sum).toBe(timeline.total)

    await run.remove()
    expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
    expect(await lab.provider.get(run.id)).toBeNull()
    expect(run.state).toBe('gone')
  })

  it('takes command, args, env, user, directory and files as they are written', async () => {
    const run = await lab.run({
      image: busybox,
      command: ['sh', '-c'],
      args: [
        'id -u; pwd; echo "$PLAIN $HIDDEN"; cat /etc/app/conf; cat /run/key; ls -ln /run/key; echo "args: $0 $1"',
        'a',
        'b c',
      ],
      env: { PLAIN: 'plain', HIDDEN: secret('hidden-value') },
      user: '1234:4321',
      workingDirectory: '/tmp',
      files: { '/etc/app/conf': 'conf\n', '/run/key': secret('key-value\n') },
    })
    const { exitCode } = await run.exited()
    const lines = await Array.fromAsync(run.logs())
    const [uid, directory, env, conf, key, listed, args] = lines.map(({ text }) => text)
    expect(exitCode).toBe(0)
    expect([uid, directory, env, conf, key]).toEqual([
      '1234',
      '/tmp',
      'plain hidden-value',
      'conf',
      'key-value',
    ])
    expect(listed).toMatch(/^-r--------\s+1 1234\s+4321\s/)
    expect(args).toBe('args: a b c')
    const inspected = await lab.engine.containers.inspect(run.ref)
    expect(JSON.stringify(inspected?.Config.Labels)).not.toContain('hidden-value')
  })

  it('limits processors and memory, and says what killed a container over its memory', async () => {
    const run = await lab.run({
      image: busybox,
      command: ['sh', '-c', 'a=$(dd if=/dev/zero bs=1M count=64 | tr "\\0" x); echo "$a" | wc -c'],
      cpu: 0.5,
      memory: '16Mi',
    })
    const inspected = await lab.engine.containers.inspect(run.ref)
    expect(inspected?.HostConfig).toMatchObject({ NanoCpus: 5e8, Memory: 16 * 1024 ** 2 })
    const termination = await run.exited()
    expect(termination).toMatchObject({ exitCode: 137, signal: 'SIGKILL', reason: 'OOMKilled' })
    expect(run.events.map(({ name }) => name)).toContain('oom')
  })

  it('publishes a chosen port, for everybody only when asked', async () => {
    const free = await freePort()
    const run = await lab.run({ image: nginx, ports: [{ port: 80, publish: free }], expose: 'public' })
    await run.ready()
    expect(run.address(80)).toMatchObject({ host: '127.0.0.1', port: free })
    expect(run.addresses.some(({ exposure }) => exposure === 'public')).toBe(true)

    const hidden = await lab.run({ image: nginx, ports: [80], expose: 'private', ready: http('/') })
    await hidden.ready()
    expect(hidden.address(80)).toMatchObject({ port: 80, exposure: 'private' })
    expect(hidden.address(80).proxied).toBeUndefined()
  })

  it('lists what it takes of the engine alone', async () => {
    const run = await lab.run({
      image: busybox,
      command: [
        'sh',
        '-c',
        'df -k /dev/shm | tail -1; touch /x || echo read-only; ulimit -n; cat /etc/hosts',
      ],
      options: {
        docker: {
          shmSize: 8 * 1024 ** 2,
          readonlyRootfs: true,
          ulimits: { nofile: { soft: 512, hard: 512 } },
          extraHosts: ['other:10.1.2.3'],
          tmpfs: { '/scratch': 'size=1m' },
        },
      },
    })
    await run.exited()
    const text = (await Array.fromAsync(run.logs({ container: 'main' }))).map((line) => line.text).join('\n')
    expect(text).toContain('8192')
    expect(text).toContain('read-only')
    expect(text).toContain('512')
    expect(text).toContain('10.1.2.3')
    await expect(
      lab.run({ image: busybox, options: { docker: { nope: 1 } as never } }),
    ).rejects.toMatchObject({ code: 'invalid-spec', message: expect.stringContaining('nope') })
  })

  it('is ready by its log, by its health, and by its end', async () => {
    const byLog = await lab.run({
      image: busybox,
      command: shell('echo up; while true; do sleep 1 & wait $!; done'),
      ready: log('up'),
    })
    await byLog.ready()
    const byHealth = await lab.run({
      image: busybox,
      command: shell('sleep 0.2; touch /tmp/ok; while true; do sleep 1 & wait $!; done'),
      health: { probe: { kind: 'exec', command: ['test', '-e', '/tmp/ok'] }, interval: '100ms' },
      ready: { kind: 'health' },
    })
    await byHealth.ready()
    expect(byHealth.containers.main?.health).toBe('healthy')
    const job = await lab.run({ image: busybox, command: ['true'], ready: { kind: 'exited' } })
    await job.ready()
    expect(job.containers.main?.termination).toMatchObject({ exitCode: 0, reason: 'Completed' })
  })

  it('mounts volumes: empty gone with the run, named kept, host as it is', async () => {
    const { mkdtemp, readFile, rm } = await import('node:fs/promises')
    const folder = await mkdtemp('/tmp/berth-docker-')
    const kept = `berth-test-${process.pid}-kept`
    try {
      const run = await lab.run({
        image: busybox,
        command: [
          'sh',
          '-c',
          'ls /etc | wc -l; ls /data | wc -l; echo kept > /kept/file; echo host > /host/file',
        ],
        volumes: {
          data: { kind: 'empty' },
          kept: { kind: 'named', options: { name: kept } },
          host: { kind: 'host', options: { path: folder } },
        },
        mounts: [
          { volume: 'data', path: '/data' },
          { volume: 'kept', path: '/kept' },
          { volume: 'host', path: '/host' },
        ],
      })
      expect((await run.exited()).exitCode).toBe(0)
      expect(await lab.left(`berth-run=${run.ref}`)).toEqual([`/${run.ref}`, `${run.ref}--data`])
      await run.remove()
      expect(await lab.left(`berth-run=${run.ref}`)).toEqual([])
      expect(await readFile(`${folder}/file`, 'utf8')).toBe('host\n')
      expect(await lab.engine.volumes.inspect(kept)).not.toBeNull()
    } finally {
      await rm(folder, { recursive: true })
      await lab.engine.volumes.remove(kept)
    }
  })

  it('stops within the grace, and for good', async () => {
    const run = await lab.run({ image: busybox, command: forever, restart: 'always', stopGrace: '5s' })
    await run.stop()
    expect(run.state).toBe('stopped')
    expect(await run.exited()).toMatchObject({ exitCode: 0 })
    await run.stop()
  })
})

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
