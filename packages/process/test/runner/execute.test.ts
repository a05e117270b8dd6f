import { randomBytes } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameDecoder } from '../../src/runner/frames.ts'
import type { ExecuteOptions, ProcessRunner } from '../../src/runner/index.ts'
import { collect, ended, isRunning, temporaryRunner, textOf, until } from './temporary-runner.ts'

async function run(
  runner: ProcessRunner,
  command: string[],
  options: Partial<ExecuteOptions> = {},
  input = '',
) {
  const execution = await runner.execute('group', { container: 'main', command, ...options })
  execution.stdin.end(input)
  const [stdout, stderr, result] = await Promise.all([
    collect(execution.stdout),
    collect(execution.stderr),
    execution.exited,
  ])
  return { stdout: textOf(stdout), stderr: textOf(stderr), ...result }
}

describe('exec', () => {
  it('hands over arguments, environment, directory and exit code exactly', async () => {
    await using runner = await temporaryRunner()
    const env = { FROM_CONTAINER: 'a', OVERRIDDEN: 'b' }
    await runner.shell('', {
      containers: [
        { name: 'main', image: 'berth/shell', command: ['sleep', '60'], env, workingDirectory: 'work' },
      ],
    })
    const args = ['', ' ', '"', "'", '$HOME', 'ä\n\t*', '-n', '\\']
    expect(await run(runner, ['printf', '%s|', ...args])).toEqual({
      stdout: args.map((text) => `${text}|`).join(''),
      stderr: '',
      exitCode: 0,
      signal: null,
      failure: null,
    })
    const script = 'echo $FROM_CONTAINER $OVERRIDDEN $EXTRA; basename "$PWD" >&2; exit 42'
    const options = { env: { OVERRIDDEN: 'c', EXTRA: 'd' } }
    expect(await run(runner, ['sh', '-c', script], options)).toMatchObject({
      stdout: 'a c d\n',
      stderr: 'work\n',
      exitCode: 42,
    })
    expect(await run(runner, ['sh', '-c', 'kill -9 $$'])).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
    expect(await run(runner, ['no-such-program'])).toMatchObject({
      exitCode: 127,
      failure: /no-such-program/,
    })
  })

  it('carries megabytes in and out unharmed', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const bytes = randomBytes(8_000_000)
    const execution = await runner.execute('group', {
      container: 'main',
      command: ['sh', '-c', 'tee copy; cat copy >&2'],
    })
    const [stdout, stderr] = await Promise.all([
      collect(execution.stdout),
      collect(execution.stderr),
      pipeline([bytes], execution.stdin),
    ])
    expect(await execution.exited).toMatchObject({ exitCode: 0 })
    expect(Buffer.concat(stdout).equals(bytes)).toBe(true)
    expect(Buffer.concat(stderr).equals(bytes)).toBe(true)
  })

  it('waits for a reader that is slow, and can be signalled while its stdin is full', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const execution = await runner.execute('group', {
      container: 'main',
      command: ['sh', '-c', 'head -c 20000000 /dev/zero; sleep 60'],
    })
    execution.stdin.write(Buffer.alloc(2_000_000))
    let byteCount = 0
    for await (const chunk of execution.stdout) {
      byteCount += chunk.length
      if (byteCount === 20_000_000) execution.kill('SIGKILL')
    }
    expect(byteCount).toBe(20_000_000)
    expect(await execution.exited).toMatchObject({ signal: 'SIGKILL' })
  })

  it('is killed when aborted', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const abort = new AbortController()
    const reason = new Error('enough')
    const command = ['sh', '-c', 'echo $$; exec sleep 60']
    const execution = await runner.execute('group', { container: 'main', command, signal: abort.signal })
    const [chunk] = await execution.stdout.take(1).toArray()
    const pid = Number(textOf([chunk]))
    expect(isRunning(pid)).toBe(true)
    abort.abort(reason)
    await expect(execution.exited).rejects.toBe(reason)
    await until(() => !isRunning(pid))
    expect((await runner.get('group'))?.phase).toBe('running')
  })

  it('ends with its container', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const execution = await runner.execute('group', { container: 'main', command: ['sleep', '60'] })
    await runner.stop('group', { graceInMs: 0 })
    expect(await execution.exited).toMatchObject({ signal: 'SIGKILL' })
    const again = runner.execute('group', { container: 'main', command: ['true'] })
    await expect(again).rejects.toMatchObject({ code: 'not-running' })
  })

  it('needs a container that is there, and a program', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('sleep 60')
    const absent = runner.execute('group', { container: 'absent', command: ['true'] })
    await expect(absent).rejects.toMatchObject({ code: 'not-found' })
    await expect(runner.execute('group', { container: 'main', command: [] })).rejects.toThrow(TypeError)
    await runner.stop('group')
    await ended(runner)
  })

  it('puts frames together however they were cut', () => {
    const frames = [
      { type: 1, payload: Buffer.from('stdout') },
      { type: 3, payload: Buffer.alloc(0) },
      { type: 2, payload: randomBytes(70_000) },
    ]
    const stream = Buffer.concat(frames.map(({ type, payload }) => encodeFrame(type, payload)))
    for (const size of [1, 2, 7, 65_536, stream.length]) {
      const decoder = new FrameDecoder()
      const decoded = []
      for (let at = 0; at < stream.length; at += size)
        decoded.push(...decoder.push(stream.subarray(at, at + size)))
      expect(decoded).toEqual(frames)
    }
  })
})
