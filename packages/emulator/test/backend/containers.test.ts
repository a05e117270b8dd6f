import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { linesOf, useBackend, worlds } from './worlds.ts'

describe.each(worlds)('containers on $kind', (world) => {
  const { pod: newPod, script } = useBackend(world)

  it('tells when it started and how it ended', async () => {
    const pod = await newPod()
    const askedAt = Date.now()
    // On a busy machine a shorter one may have ended before the call that starts it has its answer, by which its start is bounded.
    const { after, before } = await pod.start(script('sleep 0.5; exit 7'))
    expect(after).toBeLessThanOrEqual(before)
    const end = await pod.ended('main')
    expect(end).toMatchObject({ exitCode: 7, outOfMemory: false })
    expect(end.signal).toBeUndefined()
    expect(after).toBeGreaterThanOrEqual(askedAt - 1)
    expect(end.at).toBeGreaterThanOrEqual(after)
    expect(end.at).toBeLessThanOrEqual(Date.now() + 1)
  })

  it.each([0, 127, 137, 255])('gives exit code %i as it is', async (code) => {
    const pod = await newPod()
    await pod.start(script(`exit ${code}`))
    const end = await pod.ended('main')
    expect(end.exitCode).toBe(code)
    expect(end.signal).toBeUndefined()
  })

  it('keeps its last end for whoever asks later', async () => {
    const pod = await newPod()
    await pod.start(script('exit 3'))
    const end = await pod.ended('main')
    expect(await pod.ended('main')).toEqual(end)
    expect(await pod.stop('main', 1000)).toEqual(end)
    await pod.kill('main', 'SIGKILL')
  })

  it('stops with the stop signal, which a program can answer', async () => {
    const pod = await newPod()
    await pod.start(script("trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done"))
    await untilLogged(pod.logs('main', { follow: true }), 'ready')
    expect(await pod.stop('main', 10_000)).toMatchObject({ exitCode: 5 })
    expect(await linesOf(pod)).toEqual(['o ready', 'o bye'])
  })

  it('kills what does not answer the stop signal within its grace', async () => {
    const pod = await newPod()
    await pod.start(script("trap '' TERM; echo ready; while :; do sleep 0.05; done"))
    await untilLogged(pod.logs('main', { follow: true }), 'ready')
    const askedAt = performance.now()
    const end = await pod.stop('main', 1000)
    expect(end).toMatchObject({ exitCode: 137, signal: 'SIGKILL', outOfMemory: false })
    expect(performance.now() - askedAt).toBeGreaterThanOrEqual(950)
  })

  it('kills by any signal', async () => {
    const pod = await newPod()
    await pod.start(script("trap 'exit 9' USR1; echo ready; while :; do sleep 0.05; done"))
    await untilLogged(pod.logs('main', { follow: true }), 'ready')
    await pod.kill('main', 'SIGUSR1')
    expect(await pod.ended('main')).toMatchObject({ exitCode: 9 })
    await pod.start(script('sleep 100'))
    await pod.kill('main', 'SIGKILL')
    expect(await pod.ended('main')).toMatchObject({ exitCode: 137, signal: 'SIGKILL' })
  })

  it('gives the container its environment, working directory and arguments', async () => {
    const pod = await newPod()
    await pod.start(
      script('', {
        command: ['sh', '-c', 'echo "$GREETING $1 $2"; basename "$PWD"'],
        args: ['x', 'one', 'two words'],
        env: { GREETING: 'good "day"' },
        workingDirectory: '/tmp/inside',
      }),
    )
    expect(await pod.ended('main')).toMatchObject({ exitCode: 0 })
    expect(await linesOf(pod)).toEqual(['o good "day" one two words', 'o inside'])
  })

  it('replaces a container that has ended, and keeps the log before', async () => {
    const pod = await newPod()
    for (const round of [1, 2, 3]) {
      await pod.start(script(`echo round ${round}; exit ${round}`))
      expect(await pod.ended('main')).toMatchObject({ exitCode: round })
    }
    expect(await linesOf(pod)).toEqual(['o round 3'])
    expect(await linesOf(pod, { previous: true })).toEqual(['o round 2'])
  })

  it('refuses to start what runs', async () => {
    const pod = await newPod()
    const first = pod.start(script('sleep 100'))
    await expect(pod.start(script('sleep 100'))).rejects.toMatchObject({ reason: 'refused' })
    await first
    await expect(pod.start(script('sleep 100'))).rejects.toMatchObject({ reason: 'refused' })
  })

  it('says which program is not there, and leaves nothing of the attempt', async () => {
    const pod = await newPod()
    const missing = script('', { command: ['/no/such/program'] })
    await expect(pod.start(missing)).rejects.toMatchObject({ name: 'StartError', reason: 'not-found' })
    await expect(pod.ended('main')).rejects.toMatchObject({ reason: 'not-running' })
    const directory = script('', { command: ['/tmp'] })
    await expect(pod.start(directory)).rejects.toMatchObject({ reason: 'not-executable' })
    await pod.start(script('echo then'))
    await pod.ended('main')
    expect(await linesOf(pod)).toEqual(['o then'])
    await expect(pod.start(missing)).rejects.toMatchObject({ reason: 'not-found' })
    expect(await linesOf(pod)).toEqual(['o then'])
    expect(await pod.ended('main')).toMatchObject({ exitCode: 0 })
  })

  it('measures what it uses', async () => {
    const pod = await newPod()
    await pod.start(script('i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done; sleep 100'))
    await untilLogged(pod.logs('main', { follow: true }), 'done')
    const { cpuInNanoseconds, memoryInBytes } = await pod.usage('main')
    expect(cpuInNanoseconds).toBeGreaterThan(10_000_000)
    expect(memoryInBytes).toBeGreaterThan(100_000)
  })

  it('refuses what needs a running container', async () => {
    const pod = await newPod()
    await expect(pod.ended('main')).rejects.toMatchObject({ name: 'StartError', reason: 'not-running' })
    await pod.start(script('true'))
    await pod.ended('main')
    await delay(5)
    await expect(pod.exec('main', ['true'], { tty: false, stdin: false })).rejects.toMatchObject({
      reason: 'not-running',
    })
    await expect(pod.attach('main', { stdin: false })).rejects.toMatchObject({ reason: 'not-running' })
    await expect(pod.usage('main')).rejects.toMatchObject({ reason: 'not-running' })
  })
})

async function untilLogged(records: AsyncIterable<{ line: Buffer }>, text: string): Promise<void> {
  for await (const { line } of records) if (line.toString() === text) return
  throw new Error(`the log ended without ${text}`)
}
