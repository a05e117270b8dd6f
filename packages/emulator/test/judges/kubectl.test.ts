import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Emulator, startEmulator } from '../../src/index.ts'
import { type KubectlCommand, kubectlCommand, kubectls } from './kubectl/kubectl-command.ts'

// A busy machine takes seconds for each call.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const programs = kubectls()
if (programs.length === 0) console.warn('the judge kubectl is left out: there is none on this machine')

/** What a shell does that is to be told from others. */
const SHELL = ['--image=berth/shell', '--restart=Never', '--command', '--', 'sh', '-c']

describe.each(programs)('%s', (program) => {
  /** What is the same for all of them one shows. */
  const isFirst = program === programs[0]
  let emulator: Emulator
  let kubectl: KubectlCommand
  beforeAll(async () => {
    emulator = await startEmulator({
      services: ['kubernetes'],
      backend: 'process',
      name: `kubectl-${process.pid}`,
      tls: false,
    })
    kubectl = kubectlCommand(program, emulator.environment.KUBECONFIG ?? '')
    await kubectl.text('run', 'web', '--image=berth/hello', '--port=80', '--labels=app=web')
    await kubectl.text('wait', '--for=condition=Ready', 'pod/web', '--timeout=60s')
  })
  afterAll(() => (emulator as Emulator | undefined)?.close())

  it.runIf(isFirst)('gets, in tables that the server makes', async () => {
    expect(await kubectl.text('get', 'pods')).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\nweb +1\/1 +Running +0 /,
    )
    expect(await kubectl.text('get', 'pods', '-o', 'wide')).toMatch(/ IP +NODE .*\n.* 127\.\S+ +node-1 /)
    expect(await kubectl.text('get', 'nodes')).toMatch(/node-1 +Ready +<none> /)
    expect(await kubectl.text('get', 'all')).toMatch(/pod\/web .*\n[\s\S]*service\/kubernetes +ClusterIP/)
    expect(await kubectl.text('get', 'pods', '-l', 'app=web', '-o', 'name')).toBe('pod/web\n')
    expect(await kubectl.text('get', 'events')).toMatch(/Normal +Started +pod\/web +Started container web/)
    expect((await kubectl.run('get', 'pod', 'none')).stderr).toBe(
      'Error from server (NotFound): pods "none" not found\n',
    )
  })

  it.runIf(isFirst)('describes a Pod with its events, and its node', async () => {
    const told = await kubectl.text('describe', 'pod', 'web')
    expect(told).toMatch(/^Status: +Running$/m)
    expect(told).toMatch(/Normal +Pulled +.* kubelet +Successfully pulled image "berth\/hello" in \S+ /)
    expect(told).toMatch(
      /Normal +Scheduled +.* default-scheduler +Successfully assigned default\/web to node-1/,
    )
    expect(await kubectl.text('describe', 'node', 'node-1')).toMatch(/Non-terminated Pods: +\(1 in total\)/)
  })

  it('executes: output, errors, input, exit codes, and what is not there', async () => {
    const script = 'echo out; echo err >&2; exit 3'
    expect(await kubectl.run('exec', 'web', '--', 'sh', '-c', script)).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\ncommand terminated with exit code 3\n',
    })
    const input = `${'x'.repeat(100_000)}\n`
    expect(await kubectl.feed(input, 'exec', '-i', 'web', '--', 'cat')).toMatchObject({
      exitCode: 0,
      stdout: input,
    })
    const absent = await kubectl.run('exec', 'web', '--', 'absent')
    expect(absent.exitCode).toBe(1)
    expect(absent.stderr).toContain('executable file not found')
    expect((await kubectl.run('exec', 'web', '-c', 'none', '--', 'true')).stderr).toContain('none')
  })

  it.runIf(isFirst)('reads a log, follows it to its end, and that of the instance before', async () => {
    const script = 'echo one; sleep 0.5; echo two'
    await kubectl.text('run', 'talker', ...SHELL, script)
    await kubectl.text('wait', '--for=jsonpath={.status.containerStatuses[0].started}=true', 'pod/talker')
    const followed = await kubectl.text('logs', '-f', 'talker')
    expect(followed).toBe('one\ntwo\n')
    expect(await kubectl.text('logs', '--tail=1', 'talker')).toBe('two\n')
    expect(await kubectl.text('logs', '--timestamps', '--tail=1', 'talker')).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z two\n$/,
    )
    expect((await kubectl.run('logs', '-p', 'talker')).stderr).toContain(
      'previous terminated container "talker" in pod "talker" not found',
    )
    await kubectl.text('wait', '--for=jsonpath={.status.phase}=Succeeded', 'pod/talker')
    await kubectl.text('delete', 'pod', 'talker')
  })

  it('forwards a port', async () => {
    const forwarding = kubectl.begin('port-forward', 'pod/web', ':80')
    try {
      const [first] = (await once(forwarding.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
      const port = /127\.0\.0\.1:(\d+) -> 80/.exec(first.toString())?.[1]
      const answers = await Promise.all(
        Array.from({ length: 5 }, async () => (await fetch(`http://127.0.0.1:${port}/`)).text()),
      )
      expect(answers).toEqual(Array(5).fill('hello'))
    } finally {
      forwarding.kill()
      await once(forwarding, 'close')
    }
  })

  it.runIf(isFirst)('exposes a Pod by a balancer whose address answers', async () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 8080, targetPort: 80 }] },
    }
    await kubectl.feed(JSON.stringify(service), 'create', '-f', '-')
    await kubectl.text(
      'wait',
      '--for=jsonpath={.status.loadBalancer.ingress}',
      'service/web',
      '--timeout=20s',
    )
    const row = await kubectl.text('get', 'service', 'web')
    const [, address] = /web +LoadBalancer +\S+ +(127\.\S+) +8080:3\d{4}\/TCP/.exec(row) ?? []
    await expect
      .poll(async () => (await fetch(`http://${address}:8080/`).catch(() => null))?.text(), {
        timeout: 10_000,
      })
      .toBe('hello')
    expect(await kubectl.text('get', 'endpoints', 'web')).toMatch(/web +127\.\S+:80 /)
    await kubectl.text('delete', 'service', 'web')
    await expect(fetch(`http://${address}:8080/`)).rejects.toThrow('fetch failed')
  })

  it.runIf(isFirst)('labels, annotates, patches and applies', async () => {
    await kubectl.text('label', 'pod', 'web', 'tier=front')
    await kubectl.text('annotate', 'pod', 'web', 'note=x')
    await kubectl.text('patch', 'pod', 'web', '-p', '{"metadata":{"labels":{"tier":null}}}')
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'applied' }, data: { a: '1' } }
    await kubectl.feed(JSON.stringify(map), 'apply', '-f', '-')
    await kubectl.feed(JSON.stringify({ ...map, data: { b: '2' } }), 'apply', '-f', '-')
    const applied = await kubectl.text('get', 'configmap', 'applied', '-o', 'jsonpath={.data}')
    expect(JSON.parse(applied)).toEqual({ b: '2' })
    const { metadata } = JSON.parse(await kubectl.text('get', 'pod', 'web', '-o', 'json'))
    expect(metadata.labels).toEqual({ app: 'web' })
    expect(metadata.annotations).toEqual({ note: 'x' })
  })

  it.runIf(isFirst)('makes what its typed subcommands make', async () => {
    await kubectl.text('create', 'namespace', 'other')
    await kubectl.text('create', 'configmap', 'typed', '--from-literal=a=1', '-n', 'other')
    await kubectl.text('create', 'secret', 'generic', 'typed', '--from-literal=b=2', '-n', 'other')
    const secret = await kubectl.text('get', 'secret', 'typed', '-n', 'other', '-o', 'jsonpath={.data.b}')
    expect(Buffer.from(secret, 'base64').toString()).toBe('2')
    expect(await kubectl.text('get', 'configmap', 'typed', '-n', 'other', '-o', 'jsonpath={.data.a}')).toBe(
      '1',
    )
    expect(await kubectl.text('auth', 'can-i', 'create', 'pods')).toBe('yes\n')
    await kubectl.text('delete', 'namespace', 'other')
  })

  it.runIf(isFirst)('runs with an input, removes, and waits until it is gone', async () => {
    const ran = await kubectl.feed('hello\n', 'run', 'once', '-i', '--rm', ...SHELL, 'cat')
    expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('hello\n') })
    await kubectl.text('run', 'sleeper', ...SHELL, 'sleep 600')
    await kubectl.text('wait', '--for=condition=Ready', 'pod/sleeper')
    await kubectl.text('delete', 'pod', 'sleeper', '--grace-period=1')
    expect((await kubectl.run('get', 'pod', 'sleeper')).stderr).toContain('NotFound')
  })
})
