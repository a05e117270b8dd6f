import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processRunner } from '../../src/runner/index.ts'
import { collect, ended, isRunning, temporaryRunner, textOf, until } from './temporary-runner.ts'

describe('a group', () => {
  it('serves on its port, is seen from another runner, and is gone when removed', async () => {
    await using runner = await temporaryRunner()
    const created = await runner.create({
      name: 'web',
      labels: { owner: 'test' },
      containers: [{ name: 'server', image: 'berth/hello' }],
    })
    expect(created).toMatchObject({ phase: 'running', ports: [{ container: 'server', containerPort: 80 }] })
    const url = `http://${created.address}:${created.ports[0]?.hostPort}`
    const answer = await until(() => fetch(url).catch(() => null))
    expect(await answer.text()).toBe('hello')
    expect((await fetch(`${url}/healthz`)).status).toBe(200)

    const other = processRunner({ directory: runner.directory })
    expect(await other.list()).toMatchObject([{ name: 'web', uid: created.uid, labels: { owner: 'test' } }])
    const pid = created.containers[0]?.pid ?? 0
    expect(isRunning(pid)).toBe(true)
    expect(await other.remove('web')).toBe(true)
    expect(await runner.get('web')).toBeNull()
    expect(isRunning(pid)).toBe(false)
    expect(await other.remove('web')).toBe(false)
    await expect(fetch(url)).rejects.toThrow()
  })

  it('takes its time to listen and refuses connections until then', async () => {
    await using runner = await temporaryRunner()
    const group = await runner.create({
      name: 'slow',
      containers: [{ name: 'server', image: 'berth/hello:latest', env: { BOOT_DELAY_MS: '400' } }],
    })
    const url = `http://${group.address}:${group.ports[0]?.hostPort}`
    await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await until(() => fetch(url).catch(() => null))
    // The answer can be here before the supervisor has read the line that tells of it.
    let log = ''
    await until(async () => {
      log = textOf(await collect(runner.logs('slow')))
      return log.includes('GET / 200')
    })
    const listening = Number(/listening=([0-9]+)/.exec(log)?.[1])
    const accepted = Number(/accepted=([0-9]+) GET \/ 200/.exec(log)?.[1])
    expect(accepted).toBeGreaterThanOrEqual(listening)
    expect(listening - (group.containers[0]?.startedAtInUs ?? 0)).toBeGreaterThan(400_000)
  })

  it('keeps its port over a restart', async () => {
    await using runner = await temporaryRunner()
    const group = await runner.create({ name: 'web', containers: [{ name: 'server', image: 'berth/hello' }] })
    const url = `http://${group.address}:${group.ports[0]?.hostPort}`
    await until(() => fetch(url).catch(() => null))
    const again = await runner.restart('web', { container: 'server' })
    expect(again.containers[0]).toMatchObject({
      state: 'running',
      restartCount: 1,
      lastTermination: { exitCode: 0 },
    })
    expect(again.ports).toEqual(group.ports)
    await until(() => fetch(url).catch(() => null))
  })

  it('says which port it could not have, and leaves nothing behind', async () => {
    await using runner = await temporaryRunner()
    const taken = createServer().listen(0, '127.0.0.1')
    await until(() => taken.listening)
    const address = taken.address()
    const hostPort = typeof address === 'object' && address !== null ? address.port : 0
    const ports = [{ containerPort: 80, hostPort }]
    await expect(
      runner.create({ name: 'web', containers: [{ name: 'server', image: 'berth/hello', ports }] }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining(String(hostPort)) })
    expect(await runner.list()).toEqual([])
    taken.close()
  })

  it.each([
    ['exit 0', { exitCode: 0, signal: null, reason: 'completed' }],
    ['exit 42', { exitCode: 42, signal: null, reason: 'failed' }],
    ['kill -KILL $$', { exitCode: null, signal: 'SIGKILL', reason: 'failed' }],
  ])('tells how %s ended', async (script, termination) => {
    await using runner = await temporaryRunner()
    await runner.shell(script)
    const group = await ended(runner)
    expect(group.containers[0]).toMatchObject({ state: 'terminated', pid: null, termination })
    const { startedAtInUs, finishedAtInUs } = group.containers[0]?.termination ?? {}
    expect(finishedAtInUs).toBeGreaterThan(startedAtInUs ?? Number.POSITIVE_INFINITY)
    expect(startedAtInUs).toBeGreaterThan(group.createdAtInUs)
    const types = group.events.map((event) => event.type)
    expect(types).toEqual(['created', 'supervised', 'starting', 'started', 'exited', 'ended'])
  })

  it('runs a job of the catalogue', async () => {
    await using runner = await temporaryRunner()
    const args = ['first', '--lines', '2', '--code', '7']
    await runner.create({ name: 'job', containers: [{ name: 'main', image: 'berth/job', args }] })
    const group = await ended(runner, 'job')
    expect(group.containers[0]?.termination?.exitCode).toBe(7)
    expect(textOf(await collect(runner.logs('job', { stream: 'stdout' })))).toBe(
      'first\nstdout 1\nstdout 2\n',
    )
    expect(textOf(await collect(runner.logs('job', { stream: 'stderr' })))).toBe('stderr 1\nstderr 2\n')
  })

  it('refuses a second of its name, and an image that is not in the catalogue', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    await expect(runner.shell('sleep 60')).rejects.toMatchObject({ code: 'conflict' })
    const containers = [{ name: 'main', image: 'nginx' }]
    await expect(runner.create({ name: 'other', containers })).rejects.toMatchObject({
      code: 'unknown-image',
      message: expect.stringMatching(/berth\/hello.*berth\/job.*berth\/shell/),
    })
    expect(await runner.list()).toHaveLength(1)
  })

  it('tells of a program that is not there', async () => {
    await using runner = await temporaryRunner()
    const containers = [{ name: 'main', image: 'berth/shell', command: ['no-such-program'] }]
    await runner.create({ name: 'group', containers, restartPolicy: 'always' })
    const group = await ended(runner)
    expect(group.failure).toContain('no-such-program')
    expect(group.containers[0]?.termination).toMatchObject({ exitCode: 127, reason: 'start-failed' })
  })

  it('gives a clean environment', async () => {
    await using runner = await temporaryRunner()
    process.env.BERTH_TEST_AMBIENT = 'must not be seen'
    const env = { GREETING: 'hello', 'odd.name': ' spaces = and\nlines ' }
    await runner.shell('', {
      containers: [{ name: 'main', image: 'berth/shell', command: ['env', '-0'], env }],
    })
    await ended(runner)
    const seen = textOf(await collect(runner.logs('group'))).split('\0')
    expect(seen).toContain('GREETING=hello')
    expect(seen).toContain('odd.name= spaces = and\nlines ')
    expect(seen.join()).not.toContain('BERTH_TEST_AMBIENT')
    delete process.env.BERTH_TEST_AMBIENT
  })

  it('writes files and shares volumes', async () => {
    await using runner = await temporaryRunner()
    const script = (text: string) => ({ image: 'berth/shell', command: ['sh', '-c', text] })
    await runner.create({
      name: 'group',
      volumes: ['shared'],
      initContainers: [
        { name: 'fill', ...script('echo from init > data/x'), mounts: [{ volume: 'shared', path: '/data' }] },
      ],
      containers: [
        {
          name: 'main',
          ...script('cat etc/app.conf tmp/in/x; pwd'),
          files: [{ path: '/etc/app.conf', content: 'setting\n', mode: 0o600 }],
          mounts: [{ volume: 'shared', path: '/tmp/in' }],
        },
      ],
    })
    const group = await ended(runner)
    const root = group.containers[0]?.root ?? ''
    expect(textOf(await collect(runner.logs('group', { container: 'main' })))).toBe(
      `setting\nfrom init\n${root}\n`,
    )
    expect((await stat(join(root, 'etc/app.conf'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(root, 'tmp/in/x'), 'utf8')).toBe('from init\n')
  })

  it('mounts what is outside of the group, and leaves it there', async () => {
    await using runner = await temporaryRunner()
    const outside = await mkdtemp(join(tmpdir(), 'berth-test-'))
    await mkdir(join(outside, 'data'))
    await writeFile(join(outside, 'one-file'), 'from outside\n')
    await runner.shell('', {
      containers: [
        {
          name: 'main',
          image: 'berth/shell',
          command: ['sh', '-c', 'cat etc/x; echo kept > data/y'],
          mounts: [
            { hostPath: join(outside, 'one-file'), path: '/etc/x' },
            { hostPath: join(outside, 'data'), path: '/data' },
          ],
        },
      ],
    })
    await ended(runner)
    expect(textOf(await collect(runner.logs('group')))).toBe('from outside\n')
    await runner.remove('group')
    expect(await readFile(join(outside, 'data/y'), 'utf8')).toBe('kept\n')
    await rm(outside, { recursive: true })
  })

  it('ends when an init container fails', async () => {
    await using runner = await temporaryRunner()
    const init = { name: 'check', image: 'berth/job', args: ['--code', '3'] }
    await runner.shell('echo never', { initContainers: [init] })
    const group = await ended(runner)
    expect(group.failure).toBe('init container check exited with 3')
    expect(group.containers[0]?.termination).toMatchObject({ reason: 'not-started', exitCode: null })
    expect(await collect(runner.logs('group'))).toEqual([])
  })

  it('stops a sidecar when the others have ended', async () => {
    await using runner = await temporaryRunner()
    await runner.create({
      name: 'group',
      containers: [
        { name: 'main', image: 'berth/shell', command: ['sh', '-c', 'sleep 0.2; exit 5'] },
        { name: 'helper', image: 'berth/hello', sidecar: true },
      ],
    })
    const group = await ended(runner)
    expect(
      group.containers.map((container) => container.termination?.exitCode ?? container.termination?.signal),
    ).toEqual([5, expect.anything()])
  })

  it('lets containers reach one another', async () => {
    await using runner = await temporaryRunner()
    const fetchOther =
      'const { HOST, PORT_8080 } = process.env;' +
      'for (;;) try { console.log(await (await fetch("http://" + HOST + ":" + PORT_8080)).text()); break } catch {}'
    await runner.create({
      name: 'group',
      containers: [
        {
          name: 'main',
          image: 'berth/shell',
          command: [process.execPath, '--input-type=module', '-e', fetchOther],
        },
        {
          name: 'helper',
          image: 'berth/hello',
          args: ['--body', 'from the sidecar'],
          ports: [{ containerPort: 8080 }],
          sidecar: true,
        },
      ],
    })
    await ended(runner)
    expect(textOf(await collect(runner.logs('group', { container: 'main' })))).toBe('from the sidecar\n')
  })

  it('changes labels without losing others', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60', { labels: { kept: '1', changed: '1', deleted: '1' } })
    await Promise.all([
      runner.label('group', { changed: '2' }),
      runner.label('group', { deleted: null, added: '3' }),
    ])
    expect((await runner.get('group'))?.labels).toEqual({ kept: '1', changed: '2', added: '3' })
    await expect(runner.label('absent', { x: 'y' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(runner.label('group', { x: 'y' }, { uid: 'another' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('ends by itself at the end of its life', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60', { maxLifetimeInMs: 300 })
    expect((await ended(runner)).containers[0]?.termination).toMatchObject({ signal: 'SIGTERM' })
  })

  it('removes what was made when the creation is aborted', async () => {
    await using runner = await temporaryRunner()
    const reason = new Error('not wanted any more')
    for (const afterInMs of [0, 5, 20, 60]) {
      const abort = new AbortController()
      setTimeout(() => abort.abort(reason), afterInMs)
      const spec = { name: 'group', containers: [{ name: 'main', image: 'berth/hello' }] }
      await expect(runner.create(spec, { signal: abort.signal })).rejects.toBe(reason)
      expect(await runner.list()).toEqual([])
    }
  })

  it.each([
    ['an upper-case name', { name: 'Web' }],
    ['no container', { containers: [] }],
    ['only sidecars', { containers: [{ name: 'a', image: 'berth/hello', sidecar: true }] }],
    [
      'a path that leads out',
      { containers: [{ name: 'a', image: 'berth/job', files: [{ path: '../x', content: '' }] }] },
    ],
    [
      'a volume that is not there',
      { containers: [{ name: 'a', image: 'berth/job', mounts: [{ volume: 'v', path: 'x' }] }] },
    ],
    [
      'a mount from somewhere relative',
      { containers: [{ name: 'a', image: 'berth/job', mounts: [{ hostPath: 'v', path: 'x' }] }] },
    ],
    ['an impossible variable', { containers: [{ name: 'a', image: 'berth/job', env: { 'a=b': 'c' } }] }],
    [
      'an impossible port',
      { containers: [{ name: 'a', image: 'berth/hello', ports: [{ containerPort: 70_000 }] }] },
    ],
  ])('refuses %s', async (_what, part) => {
    await using runner = await temporaryRunner()
    const whole = { name: 'group', containers: [{ name: 'main', image: 'berth/job' }], ...part }
    const error = await runner.create(whole).catch((reason) => reason)
    expect(error).toSatisfy((reason) => reason instanceof TypeError || reason instanceof RangeError)
    expect(await runner.list()).toEqual([])
  })
})
