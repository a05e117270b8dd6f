import { EngineError, type EngineEvent, type LogEntry } from '@berth/docker/engine'
import { describe, expect, it } from 'vitest'
import { engineForTest, engineIsThere, textOf } from './engine-for-test.ts'

describe.skipIf(!engineIsThere)('logs', () => {
  const { engine, run } = engineForTest()
  const read = async (entries: AsyncIterable<LogEntry>) =>
    (await Array.fromAsync(entries)).map(({ stream, bytes }) => `${stream} ${Buffer.from(bytes)}`)

  it('come by stream, with times, tail and since', async () => {
    const id = await run('echo one; echo two >&2; sleep 0.3; echo three')
    await engine.containers.wait(id)
    const all = await read(await engine.containers.logs(id))
    expect(all.toSorted()).toEqual(['stderr two\n', 'stdout one\n', 'stdout three\n'])
    expect(await read(await engine.containers.logs(id, { tail: 1 }))).toEqual(['stdout three\n'])
    expect(await read(await engine.containers.logs(id, { stdout: false }))).toEqual(['stderr two\n'])
    const timed = await Array.fromAsync(await engine.containers.logs(id, { timestamps: true }))
    for (const { timestamp } of timed) expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z$/)
    expect(timed.map(({ bytes }) => Buffer.from(bytes).toString()).toSorted()).toEqual([
      'one\n',
      'three\n',
      'two\n',
    ])
    const last = timed.at(-1)?.timestamp ?? ''
    const since = `${Math.floor(Date.parse(last) / 1000)}.${last.slice(20, 29)}`
    expect(await read(await engine.containers.logs(id, { since }))).toEqual(['stdout three\n'])
  })

  it('of a terminal come raw, and by lines with times', async () => {
    const id = await run('echo one; echo two >&2', { tty: true })
    await engine.containers.wait(id)
    const raw = await Array.fromAsync(await engine.containers.logs(id, { tty: true }))
    expect(Buffer.concat(raw.map(({ bytes }) => bytes)).toString()).toBe('one\r\ntwo\r\n')
    const timed = await Array.fromAsync(await engine.containers.logs(id, { tty: true, timestamps: true }))
    expect(timed.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['one\r\n', 'two\r\n'])
    expect(timed.every(({ timestamp }) => timestamp !== undefined)).toBe(true)
  })

  it('that are asked for without saying that there is a terminal fail, not lie', async () => {
    const id = await run('echo hello world', { tty: true })
    await engine.containers.wait(id)
    const api = (await engine.apiVersion()) ?? ''
    if (api !== '1.41') return // newer engines tell
    const entries = await engine.containers.logs(id)
    await expect(Array.fromAsync(entries)).rejects.toThrow('not multiplexed')
  })

  it('are followed until the end', async () => {
    const id = await run('for i in 1 2 3; do echo $i; sleep 0.05; done')
    expect(await read(await engine.containers.logs(id, { follow: true }))).toEqual([
      'stdout 1\n',
      'stdout 2\n',
      'stdout 3\n',
    ])
  })

  it('are followed until one leaves, closes or aborts', async () => {
    const id = await run('while :; do echo tick; sleep 0.02; done')
    const follow = (signal?: AbortSignal) => engine.containers.logs(id, { follow: true, signal })
    for await (const { bytes } of await follow()) {
      expect(Buffer.from(bytes).toString()).toBe('tick\n')
      break
    }
    const closed = await follow()
    setTimeout(() => closed.close(), 60)
    expect((await Array.fromAsync(closed)).length).toBeGreaterThan(0)

    const aborter = new AbortController()
    const aborted = await follow(aborter.signal)
    await aborted.next()
    setTimeout(() => aborter.abort('enough'), 60)
    await expect(Array.fromAsync(aborted)).rejects.toBe('enough')

    const unread = new AbortController()
    await follow(unread.signal)
    unread.abort(new Error('nobody reads this'))
  })

  it('do not grow in memory while nobody reads', async () => {
    const id = await run('yes 0123456789012345678901234567890123456789 | head -c 8200000')
    await engine.containers.wait(id)
    const logs = await engine.containers.logs(id)
    await logs.next()
    const before = process.memoryUsage().arrayBuffers
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000)
    let bytes = 41
    for await (const entry of logs) bytes += entry.bytes.length
    expect(bytes).toBe(8_200_000)
  })

  it('of what is absent are an error', async () => {
    const error = await engine.containers.logs('engine-test-absent').catch((error: unknown) => error)
    expect(EngineError.isInstance(error) && error.status).toBe(404)
  })
})

describe.skipIf(!engineIsThere)('events', () => {
  const { engine, create } = engineForTest()

  it('tell a life, past and to come, with exact times', async () => {
    const label = `engine-test=${crypto.randomUUID()}`
    const filters = { type: ['container'], label: [label] }
    const since = Date.now() / 1000 - 1
    const coming = await engine.events({ filters })
    const id = await create('exit 3', { labels: { 'engine-test': label.slice(12) } })
    await engine.containers.start(id)
    await engine.containers.wait(id)
    await engine.containers.remove(id)

    const seen: EngineEvent[] = []
    for await (const event of coming) {
      seen.push(event)
      if (event.action === 'destroy') break
    }
    const actions = seen.map(({ action }) => action)
    expect(actions).toEqual(expect.arrayContaining(['create', 'start', 'die', 'destroy']))
    expect(seen.find(({ action }) => action === 'die')?.attributes.exitCode).toBe('3')
    for (const { id: about, timeNano, timeMicros } of seen) {
      expect(about).toBe(id)
      expect(timeNano).toMatch(/^\d{19}$/)
      expect(BigInt(timeMicros)).toBe(BigInt(timeNano) / 1000n)
    }
    const past = await engine.events({ filters, since, until: Date.now() / 1000 + 0.5 })
    expect((await Array.fromAsync(past)).map(({ timeNano }) => timeNano)).toEqual(
      seen.map(({ timeNano }) => timeNano),
    )
  })

  it('end by abort, even while nothing happens', async () => {
    const aborter = new AbortController()
    const events = await engine.events({ filters: { label: ['engine-test=never'] }, signal: aborter.signal })
    const next = events.next()
    aborter.abort('enough')
    await expect(next).rejects.toBe('enough')
    expect(await engine.events().then((idle) => idle.return?.())).toEqual({ done: true, value: undefined })
  })
})

describe.skipIf(!engineIsThere)('archives', () => {
  const { engine, create, run } = engineForTest()

  it('go in, are described, and come out', async () => {
    const { packTar, unpackTar } = await import('modern-tar')
    const id = await create('cat /tmp/folder/file')
    const tar = await packTar([
      { header: { name: 'folder/', type: 'directory', size: 0, mode: 0o755 } },
      { header: { name: 'folder/file', size: 6, mode: 0o640 }, body: 'hällo' },
    ])
    await engine.containers.putArchive(id, '/tmp', tar)
    expect(await engine.containers.statPath(id, '/tmp/folder/file')).toMatchObject({ name: 'file', size: 6 })
    expect(await engine.containers.statPath(id, '/tmp/nothing')).toBeNull()
    expect(await engine.containers.getArchive(id, '/tmp/nothing')).toBeNull()

    const got = await engine.containers.getArchive(id, '/tmp/folder')
    expect(got?.stat.mode).toBe(2 ** 31 + 0o755)
    const chunks = got ? await Array.fromAsync(got.tar) : []
    const entries = await unpackTar(Buffer.concat(chunks))
    expect(entries.map(({ header }) => header.name)).toEqual(['folder/', 'folder/file'])
    expect(Buffer.from(entries[1]?.data ?? []).toString()).toBe('hällo')

    await engine.containers.start(id)
    await engine.containers.wait(id)
    const logs = await Array.fromAsync(await engine.containers.logs(id))
    expect(Buffer.concat(logs.map(({ bytes }) => bytes)).toString()).toBe('hällo')
  })

  it('of 20 MB stream from one container into another', async () => {
    const from = await run('head -c 20000000 /dev/zero > /tmp/big')
    await engine.containers.wait(from)
    const into = await create('wc -c < /tmp/big')
    const got = await engine.containers.getArchive(from, '/tmp/big')
    if (!got) return expect.unreachable()
    await engine.containers.putArchive(into, '/tmp', got.tar)
    await engine.containers.start(into)
    await engine.containers.wait(into)
    const [entry] = await Array.fromAsync(await engine.containers.logs(into))
    expect(Buffer.from(entry?.bytes ?? []).toString()).toBe('20000000\n')
  })

  it('into what is absent are refused before they are sent, and let go of', async () => {
    let sent = 0
    let released = false
    async function* endless(): AsyncGenerator<Uint8Array, void> {
      try {
        for (;;) {
          sent++
          yield new Uint8Array(65536)
        }
      } finally {
        released = true
      }
    }
    const endlessBody = endless()
    await expect(engine.containers.putArchive('engine-test-absent', '/', endlessBody)).rejects.toMatchObject({
      status: 404,
    })
    expect(sent).toBe(0)
    await endlessBody.return()
    expect(released).toBe(false) // it had never begun
  })

  it('end by abort in either direction', async () => {
    const id = await run('head -c 50000000 /dev/zero > /tmp/big; sleep 100')
    await expect
      .poll(async () => (await engine.containers.statPath(id, '/tmp/big'))?.size, { timeout: 30_000 })
      .toBe(50_000_000)
    const out = new AbortController()
    const got = await engine.containers.getArchive(id, '/tmp/big', { signal: out.signal })
    if (!got) return expect.unreachable()
    setTimeout(() => out.abort(new Error('out')), 5)
    await expect(
      (async () => {
        for await (const _ of got.tar) await new Promise((resolve) => setTimeout(resolve, 1))
      })(),
    ).rejects.toThrow('out')

    const into = new AbortController()
    async function* slow(): AsyncGenerator<Uint8Array, void> {
      for (;;) {
        yield new Uint8Array(512).fill(0)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    setTimeout(() => into.abort('in'), 50)
    await expect(engine.containers.putArchive(id, '/tmp', slow(), { signal: into.signal })).rejects.toBe('in')
  })
})

describe.skipIf(!engineIsThere)('attaching', () => {
  const { engine, create } = engineForTest()

  it('before the start gives all output, and takes input', async () => {
    const id = await create('echo ready; cat; echo end >&2; exit 4', { stdin: true })
    const session = await engine.containers.attach(id, { tty: false, stdin: true })
    await engine.containers.start(id)
    session.stdin.end('from outside\n')
    expect(await Promise.all([textOf(session.stdout), textOf(session.stderr)])).toEqual([
      'ready\nfrom outside\n',
      'end\n',
    ])
    await session.closed
    expect(await engine.containers.wait(id)).toEqual({ exitCode: 4 })
  })

  it('to a terminal has its size', async () => {
    const id = await create('read line; stty size', { stdin: true, tty: true })
    const session = await engine.containers.attach(id, { tty: true, stdin: true })
    await engine.containers.start(id)
    await engine.containers.resize(id, { rows: 33, columns: 99 })
    session.stdin.write('go\n')
    expect(await textOf(session.stdout)).toBe('go\r\n33 99\r\n')
    expect(await textOf(session.stderr)).toBe('')
  })

  it('ends by abort and by destroy, and the container goes on', async () => {
    const id = await create('while :; do echo tick; sleep 0.02; done')
    await engine.containers.start(id)
    const aborter = new AbortController()
    const aborted = await engine.containers.attach(id, { tty: false, signal: aborter.signal })
    aborter.abort('enough')
    await expect(aborted.closed).rejects.toBe('enough')
    const destroyed = await engine.containers.attach(id, { tty: false })
    destroyed.destroy()
    await destroyed.closed
    expect((await engine.containers.inspect(id))?.State.Running).toBe(true)
    await expect(engine.containers.attach('engine-test-absent', { tty: false })).rejects.toMatchObject({
      status: 404,
    })
  })
})
