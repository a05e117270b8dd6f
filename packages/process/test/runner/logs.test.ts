import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { LastLines } from '../../src/runner/last-lines.ts'
import { encodeLogRecords, LogDecoder, type StoredLogRecord } from '../../src/runner/log-format.ts'
import { collect, ended, temporaryRunner, textOf, until } from './temporary-runner.ts'

describe('logs', () => {
  it('are the bytes that were written, on either stream', async () => {
    await using runner = await temporaryRunner()
    const [out, err] = [randomBytes(3_000_000), randomBytes(1_000_000)]
    const image = 'berth/shell'
    await runner.create({
      name: 'group',
      containers: [
        {
          name: 'main',
          image,
          command: ['sh', '-c', 'cat out; cat err >&2'],
          files: [
            { path: 'out', content: out },
            { path: 'err', content: err },
          ],
        },
      ],
    })
    await ended(runner)
    const records = await collect(runner.logs('group'))
    const bytes = (stream: string) =>
      Buffer.concat(records.filter((record) => record.stream === stream).map((record) => record.bytes))
    expect(bytes('stdout').equals(out)).toBe(true)
    expect(bytes('stderr').equals(err)).toBe(true)
    expect(await collect(runner.logs('group', { stream: 'stderr' }))).toEqual(
      records.filter((record) => record.stream === 'stderr'),
    )
  })

  it('are complete as soon as the end is told', async () => {
    await using runner = await temporaryRunner()
    for (let round = 0; round < 5; round++) {
      await runner.shell('i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done')
      await ended(runner)
      const lines = textOf(await collect(runner.logs('group'))).split('\n')
      expect(lines).toHaveLength(2001)
      expect(lines[1999]).toBe('line 1999')
      await runner.remove('group')
    }
  })

  it('have a time for each line, and can be read from a time on', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('echo one; sleep 0.1; echo two; sleep 0.1; echo three')
    const group = await ended(runner)
    const records = await collect(runner.logs('group'))
    expect(records.map((record) => textOf([record]))).toEqual(['one\n', 'two\n', 'three\n'])
    const times = records.map((record) => record.timeInUs)
    expect(times).toEqual([...times].sort((one, other) => one - other))
    expect(times[0]).toBeGreaterThanOrEqual(group.containers[0]?.startedAtInUs ?? Number.POSITIVE_INFINITY)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(50_000)
    expect(textOf(await collect(runner.logs('group', { sinceInUs: times[1] })))).toBe('two\nthree\n')
    expect(textOf(await collect(runner.logs('group', { tail: 1 })))).toBe('three\n')
    expect(await collect(runner.logs('group', { tail: 0 }))).toEqual([])
  })

  it('can be followed to the end, from before and after the start', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('for i in 1 2 3 4 5; do echo $i; sleep 0.05; done')
    const [all, last] = await Promise.all([
      collect(runner.logs('group', { follow: true })),
      collect(runner.logs('group', { follow: true, tail: 0 })),
    ])
    expect(textOf(all)).toBe('1\n2\n3\n4\n5\n')
    expect(textOf(last)).toMatch(/5\n$/)
    expect(textOf(await collect(runner.logs('group', { follow: true })))).toBe('1\n2\n3\n4\n5\n')
  })

  it('follow a container to its own end, or until the group is removed', async () => {
    await using runner = await temporaryRunner()
    await runner.create({
      name: 'group',
      containers: [
        { name: 'short', image: 'berth/job', args: ['done', '--sleep', '50'] },
        { name: 'long', image: 'berth/shell', command: ['sh', '-c', 'echo waiting; sleep 60'] },
      ],
    })
    expect(textOf(await collect(runner.logs('group', { follow: true, container: 'short' })))).toBe('done\n')
    const following = collect(runner.logs('group', { follow: true, container: 'long' }))
    await until(async () => (await collect(runner.logs('group', { container: 'long' }))).length > 0)
    await runner.remove('group')
    expect(textOf(await following)).toBe('waiting\n')
  })

  it('stop following when aborted', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('echo first; sleep 60')
    const abort = new AbortController()
    const reason = new Error('seen enough')
    const reading = (async () => {
      for await (const record of runner.logs('group', { follow: true, signal: abort.signal })) {
        expect(textOf([record])).toBe('first\n')
        abort.abort(reason)
      }
    })()
    await expect(reading).rejects.toBe(reason)
  })

  it('keep what the run before a restart wrote', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('echo x >> count; echo run $(wc -l < count); test $(wc -l < count) -ge 3', {
      restartPolicy: 'on-failure',
    })
    await ended(runner)
    expect(textOf(await collect(runner.logs('group')))).toBe('run 1\nrun 2\nrun 3\n')
    const previous = { container: 'main', previous: true }
    expect(textOf(await collect(runner.logs('group', previous)))).toBe('run 2\n')
    await expect(collect(runner.logs('group', { previous: true }))).rejects.toThrow(TypeError)
  })

  it('are of a container that is there', async () => {
    await using runner = await temporaryRunner()
    await expect(collect(runner.logs('absent'))).rejects.toMatchObject({ code: 'not-found' })
    await runner.shell('true')
    await expect(collect(runner.logs('group', { container: 'absent' }))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('the log format', () => {
  const source = {
    containerIndex: 3,
    stream: 'stderr',
    instance: 7,
    timeInUs: 1_763_914_988_123_457,
  } as const

  it('survives any cut', () => {
    const written = ['a\n', 'b', '\n\nc\xff', '', '\0\n'].map((text) => Buffer.from(text, 'latin1'))
    const file = Buffer.concat(written.map((chunk) => encodeLogRecords(source, chunk)))
    for (let size = 1; size <= file.length; size++) {
      const decoder = new LogDecoder()
      const records: StoredLogRecord[] = []
      for (let at = 0; at < file.length; at += size)
        records.push(...decoder.push(file.subarray(at, at + size)))
      expect(Buffer.concat(records.map((record) => record.bytes)).equals(Buffer.concat(written))).toBe(true)
      for (const { bytes, ...rest } of records) {
        expect(rest).toEqual(source)
        expect(bytes.indexOf(10) === -1 || bytes.indexOf(10) === bytes.length - 1).toBe(true)
      }
    }
  })

  it('counts a line that came in parts once', () => {
    const record = (stream: 'stdout' | 'stderr', text: string) => ({
      ...source,
      stream,
      bytes: Buffer.from(text),
    })
    const records = [
      record('stdout', 'first\n'),
      record('stdout', 'sec'),
      record('stderr', 'third\n'),
      record('stdout', 'ond\n'),
    ]
    const last = (count: number, repeat = 1) => {
      const lines = new LastLines(count)
      for (let round = 0; round < repeat; round++) lines.add(records)
      return textOf(lines.records().map(({ bytes }) => bytes))
    }
    expect(last(1)).toBe('third\n')
    expect(last(2)).toBe('secthird\nond\n')
    expect(last(9)).toBe('first\nsecthird\nond\n')
    expect(last(4, 5000)).toBe('third\nfirst\nsecthird\nond\n')
  })
})
