import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { busybox, forever, hasEngine, nginx, shell, useDocker } from './use-docker.ts'

describe.skipIf(!hasEngine)('a session', () => {
  const lab = useDocker()

  it('runs a command with its input, its streams apart, and its own exit code', async () => {
    const run = await lab.run({ image: busybox, command: forever })
    const script = 'cat; echo "$A $(pwd)"; echo bad >&2; exit 3'
    const result = await run.exec(['sh', '-c', script], {
      stdin: Readable.from(['in', 'put\n']),
      env: { A: 'a' },
      workingDirectory: '/tmp',
    })
    expect(result).toMatchObject({ exitCode: 3, stdout: 'input\na /tmp\n', stderr: 'bad\n' })
    expect((await run.exec(['sh', '-c', 'exit 127'])).exitCode).toBe(127)
    expect((await run.exec(['sh', '-c', 'exit 126'])).exitCode).toBe(126)
    expect((await run.exec(['sh', '-c', 'kill -9 $$'])).exitCode).toBe(137)
  })

  it('throws where a command cannot start', async () => {
    const run = await lab.run({ image: nginx })
    await expect(run.exec(['sh', '-c', 'true'])).rejects.toMatchObject({ code: 'not-found' })
    await expect(run.openExec(['/etc/passwd'])).rejects.toMatchObject({ code: 'start-failed' })
    await expect(run.exec(['/usr/sbin/nginx', '-v'], { workingDirectory: '/nowhere' })).rejects.toMatchObject(
      {
        code: 'start-failed',
        message: expect.stringContaining('/nowhere'),
      },
    )
    await expect(run.exec(['x'], { container: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
    await run.stop({ grace: 0 })
    await expect(run.exec(['/usr/sbin/nginx', '-v'])).rejects.toMatchObject({ code: 'conflict' })
  })

  it('has a terminal of a size', async () => {
    const run = await lab.run({ image: busybox, command: forever })
    await using session = await run.openExec(['sh'], { tty: true })
    await session.resize({ columns: 101, rows: 33 })
    session.stdin.write('stty size; exit 5\n')
    let text = ''
    for await (const chunk of session.stdout) text += String(chunk)
    expect(text).toContain('33 101')
    expect(await session.exited).toMatchObject({ exitCode: 5 })
  })

  it('ends by its timeout, and by its signal', async () => {
    const run = await lab.run({ image: busybox, command: forever })
    await expect(run.exec(['sleep', '60'], { timeout: '300ms' })).rejects.toMatchObject({ code: 'timeout' })
    const reason = new Error('enough')
    await expect(run.exec(['sleep', '60'], { signal: AbortSignal.any([abortIn(300, reason)]) })).rejects.toBe(
      reason,
    )
  })

  it('joins the main process', async () => {
    const run = await lab.run({
      image: busybox,
      command: shell('while [ ! -e /go ]; do sleep 0.05; done; echo out; echo err >&2; exit 9'),
    })
    const session = await run.attach()
    await run.copyIn({ '/go': '' })
    const [stdout, stderr, exit] = await Promise.all([
      text(session.stdout),
      text(session.stderr),
      session.exited,
    ])
    expect([stdout, stderr, exit.exitCode]).toEqual(['out\n', 'err\n', 9])
  })

  it('copies files in and out', async () => {
    const run = await lab.run({ image: busybox, command: forever })
    const bytes = new Uint8Array([0, 1, 2, 255])
    await run.copyIn({ '/new/folder/file': bytes, '/tmp/text': 'text' })
    expect(new Uint8Array(await run.copyOut('/new/folder/file'))).toEqual(bytes)
    expect((await run.exec(['cat', '/tmp/text'])).stdout).toBe('text')
    await expect(run.copyOut('/nowhere')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('forwards a port that is not published', async () => {
    const run = await lab.run({ image: nginx })
    await using tunnel = await run.portForward(80)
    // Until nginx listens the tunnel's connections end without a word.
    await vi.waitFor(
      async () => {
        const socket = connect(tunnel.port, tunnel.host)
        socket.write('GET / HTTP/1.0\r\n\r\n')
        expect(await text(socket)).toContain('hello')
      },
      { timeout: 20_000 },
    )
  })

  it('reads the log by lines, streams and times', async () => {
    const run = await lab.run({
      image: busybox,
      command: [
        'sh',
        '-c',
        'echo one; sleep 0.1; echo two >&2; sleep 0.1; head -c 40000 /dev/zero | tr "\\0" x; echo; sleep 0.1; printf last',
      ],
    })
    await run.exited()
    const lines = await Array.fromAsync(run.logs())
    expect(lines.map(({ text: line, stream }) => [line.length, stream])).toEqual([
      [3, 'stdout'],
      [3, 'stderr'],
      [40_000, 'stdout'],
      [4, 'stdout'],
    ])
    const last = lines.at(-1)
    expect(last?.time?.getTime()).toBeGreaterThan(lines[0]?.time?.getTime() ?? 0)
    expect(await Array.fromAsync(run.logs({ tail: 1 }))).toEqual([last])
    expect((await Array.fromAsync(run.logs({ since: last?.time }))).map((line) => line.text)).toEqual([
      'last',
    ])
    expect(await Array.fromAsync(run.logs({ limit: 2 }))).toHaveLength(2)
    await expect(Array.fromAsync(run.logs({ container: 'nobody' }))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(Array.fromAsync(run.logs({ previous: true }))).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('follows the logs of a whole group until all have ended', async () => {
    const run = await lab.run({
      image: busybox,
      command: ['sh', '-c', 'sleep 0.3; echo main; sleep 0.3'],
      sidecars: {
        side: { image: busybox, command: shell('echo side; while true; do sleep 1 & wait $!; done') },
      },
    })
    const lines = await Array.fromAsync(run.logs({ container: '*', follow: true }))
    expect(lines.map(({ container, text: line }) => `${container} ${line}`).sort()).toEqual([
      'main main',
      'side side',
    ])
  })

  it('measures what it uses', async () => {
    const run = await lab.run({ image: busybox, command: ['sh', '-c', 'while :; do :; done'] })
    const metrics = await run.metrics()
    expect(metrics.cpu).toBeGreaterThan(0.05)
    expect(metrics.memoryInBytes).toBeGreaterThan(10_000)
  })
})

async function text(stream: Readable): Promise<string> {
  let all = ''
  for await (const chunk of stream) all += String(chunk)
  return all
}

function abortIn(milliseconds: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), milliseconds)
  return controller.signal
}
