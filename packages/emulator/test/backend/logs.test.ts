import { describe, expect, it } from 'vitest'
import { collect, linesOf, useBackend, worlds } from './worlds.ts'

/** Every byte there is but the newline, which ends a line. */
const anyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10))
const printAnyByte = `printf '${[...anyByte].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}'`

describe.each(worlds)('logs on $kind', (world) => {
  const { pod: newPod, script } = useBackend(world)

  it('come in order, with their streams and times', async () => {
    const pod = await newPod()
    await pod.start(script('for i in 1 2 3; do echo out $i; sleep 0.05; echo err $i >&2; sleep 0.05; done'))
    await pod.ended('main')
    const records = await collect(pod.logs('main', {}))
    expect(records.map(({ stream, line }) => `${stream} ${line}`)).toEqual(
      [1, 2, 3].flatMap((i) => [`stdout out ${i}`, `stderr err ${i}`]),
    )
    const times = records.map(({ at }) => at)
    expect(times).toEqual([...times].sort((one, other) => one - other))
    expect(times.some((time) => !Number.isInteger(time))).toBe(true)
    expect(Math.abs(Date.now() - (times[0] ?? 0))).toBeLessThan(30_000)
  })

  it('keep every byte, and the end without a newline', async () => {
    const pod = await newPod()
    await pod.start(script(`echo first; ${printAnyByte}`))
    await pod.ended('main')
    expect(await collect(pod.logs('main', {}))).toMatchObject([
      { line: Buffer.from('first'), ended: true },
      { line: anyByte, ended: false },
    ])
  })

  it('keep empty and very long lines whole', async () => {
    const pod = await newPod()
    const long = 300_000
    await pod.start(script(`echo; head -c ${long} /dev/zero | tr '\\0' x; echo; echo end`))
    await pod.ended('main')
    const lines = (await collect(pod.logs('main', {}))).map(({ line }) => line.toString())
    expect(lines).toEqual(['', 'x'.repeat(long), 'end'])
  })

  it('are followed until the end', async () => {
    const pod = await newPod()
    await pod.start(script('for i in 1 2 3; do echo $i; sleep 0.1; done; printf last; exit 2'))
    const arrivals: number[] = []
    const lines: string[] = []
    for await (const { line } of pod.logs('main', { follow: true })) {
      arrivals.push(performance.now())
      lines.push(line.toString())
    }
    expect(lines).toEqual(['1', '2', '3', 'last'])
    expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(150)
    expect(await pod.ended('main')).toMatchObject({ exitCode: 2 })
  })

  it('are let go by a signal, with its reason', async () => {
    const pod = await newPod()
    await pod.start(script('echo ready; sleep 100'))
    const leave = new AbortController()
    const reason = new Error('enough')
    const read = async () => {
      for await (const { line } of pod.logs('main', { follow: true, signal: leave.signal })) {
        if (line.toString() === 'ready') leave.abort(reason)
      }
    }
    await expect(read()).rejects.toBe(reason)
  })

  it('end when the pod is removed', async () => {
    const pod = await newPod()
    await pod.start(script('echo ready; sleep 100'))
    const lines: string[] = []
    for await (const { line } of pod.logs('main', { follow: true })) {
      lines.push(line.toString())
      void pod.remove()
    }
    expect(lines).toEqual(['ready'])
    await pod.remove()
  })

  it('are empty where nothing was started, and where there is nothing before', async () => {
    const pod = await newPod()
    expect(await linesOf(pod)).toEqual([])
    await pod.start(script('echo now'))
    await pod.ended('main')
    expect(await linesOf(pod, { previous: true })).toEqual([])
  })

  it('hold what a burst wrote, without loss', async () => {
    const pod = await newPod()
    await pod.start(script('i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo $i; done'))
    const lines = (await collect(pod.logs('main', { follow: true }))).map(({ line }) => Number(line))
    expect(lines).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1))
  })
})
