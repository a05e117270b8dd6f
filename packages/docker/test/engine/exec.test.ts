import { createHash, randomBytes } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { engineForTest, engineIsThere, textOf } from './engine-for-test.ts'

describe.skipIf(!engineIsThere)('exec', () => {
  const { engine, run } = engineForTest()
  let id: string
  beforeAll(async () => {
    id = await run('sleep 1000')
  })
  const start = async (
    script: string,
    { tty = false, stdin = false, signal }: { tty?: boolean; stdin?: boolean; signal?: AbortSignal } = {},
  ) => {
    const Cmd = ['sh', '-c', script]
    const exec = await engine.exec.create(id, {
      Cmd,
      Tty: tty,
      AttachStdin: stdin,
      AttachStdout: true,
      AttachStderr: true,
    })
    return { exec, session: await engine.exec.start(exec, { tty, signal }) }
  }

  it('gives both outputs and the exit code', async () => {
    const { exec, session } = await start('echo out; echo err >&2; exit 17')
    expect(await Promise.all([textOf(session.stdout), textOf(session.stderr)])).toEqual(['out\n', 'err\n'])
    await session.closed
    expect(await engine.exec.exitCode(exec)).toBe(17)
    expect(await engine.exec.inspect(exec)).toMatchObject({ ContainerID: id, Running: false, ExitCode: 17 })
  })

  it('is told the end of its input', async () => {
    const { exec, session } = await start('wc -c', { stdin: true })
    session.stdin.write('12345')
    session.stdin.end('6789')
    expect((await textOf(session.stdout)).trim()).toBe('9')
    expect(await engine.exec.exitCode(exec)).toBe(0)
  })

  it('takes 5 MB and gives them back', async () => {
    const bytes = randomBytes(5_000_000)
    const { exec, session } = await start('cat', { stdin: true })
    const received = createHash('sha256')
    const reading = (async () => {
      for await (const chunk of session.stdout) received.update(chunk)
    })()
    await pipeline(
      (function* () {
        for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
      })(),
      session.stdin,
    )
    await reading
    expect(received.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(await engine.exec.exitCode(exec)).toBe(0)
  })

  it('holds the program back while nobody reads, and goes on', async () => {
    const { session } = await start('head -c 20000000 /dev/zero')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(session.stdout.readableLength).toBeLessThan(2_000_000)
    let received = 0
    for await (const chunk of session.stdout) received += chunk.length
    expect(received).toBe(20_000_000)
    await session.closed
  })

  it('stalls one output while the other is full, until that one is read, resumed or destroyed', async () => {
    const script = 'head -c 1000000 /dev/zero >&2; echo done'
    for (const release of ['resume', 'destroy'] as const) {
      const { session } = await start(script)
      const output = textOf(session.stdout)
      const early = await Promise.race([
        output,
        new Promise((resolve) => setTimeout(resolve, 200, 'stalled')),
      ])
      expect(early).toBe('stalled')
      session.stderr[release]()
      expect(await output).toBe('done\n')
      await session.closed
    }
  })

  it('has a terminal with a size', async () => {
    const { exec, session } = await start('read line; stty size; test -t 0', { tty: true, stdin: true })
    await engine.exec.resize(exec, { rows: 20, columns: 70 })
    session.stdin.write('go\n')
    expect(await textOf(session.stdout)).toBe('go\r\n20 70\r\n')
    expect(await engine.exec.exitCode(exec)).toBe(0)
  })

  it('does not fail its caller when it ends without reading its input', async () => {
    const { exec, session } = await start('exit 3', { stdin: true })
    session.stdout.resume()
    session.stderr.resume()
    const writing = pipeline(
      (function* () {
        for (let index = 0; index < 100; index++) yield Buffer.alloc(65536)
      })(),
      session.stdin,
    ).catch(() => 'refused')
    await session.closed
    expect(await engine.exec.exitCode(exec)).toBe(3)
    expect(['refused', undefined]).toContain(await writing)
  })

  it('ends by abort in the midst, with the reason everywhere', async () => {
    const aborter = new AbortController()
    const { session } = await start('while :; do echo tick; sleep 0.01; done', { signal: aborter.signal })
    const reason = new Error('enough')
    setTimeout(() => aborter.abort(reason), 50)
    await expect(textOf(session.stdout)).rejects.toBe(reason)
    await expect(session.closed).rejects.toBe(reason)
    expect(session.stdin.destroyed).toBe(true)
  })

  it('runs detached', async () => {
    const exec = await engine.exec.create(id, { Cmd: ['sh', '-c', 'exit 9'] })
    await engine.exec.startDetached(exec)
    expect(await engine.exec.exitCode(exec)).toBe(9)
    const slow = await engine.exec.create(id, { Cmd: ['sleep', '30'] })
    await engine.exec.startDetached(slow)
    await expect(engine.exec.exitCode(slow, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })

  it('of what is absent is an error', async () => {
    await expect(engine.exec.create('engine-test-absent', { Cmd: ['true'] })).rejects.toMatchObject({
      status: 404,
    })
    await expect(engine.exec.start('absent', { tty: false })).rejects.toMatchObject({ status: 404 })
    expect(await engine.exec.inspect('absent')).toBeNull()
    await expect(engine.exec.exitCode('absent')).rejects.toMatchObject({ status: 404 })
  })

  it('runs 30 at once, each with its own output', async () => {
    const outputs = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const { session } = await start(`echo ${index}`)
        return textOf(session.stdout)
      }),
    )
    expect(outputs).toEqual(Array.from({ length: 30 }, (_, index) => `${index}\n`))
  })
})
