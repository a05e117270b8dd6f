import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Execution, Pod } from '../../src/backend/backend.ts'
import { collect, eventually, linesOf, textOf, useBackend, worlds } from './worlds.ts'

const plain = { tty: false, stdin: false } as const

describe.each(worlds)('executions on $kind', (world) => {
  const { pod: newPod, script } = useBackend(world)

  async function idle(): Promise<Pod> {
    const pod = await newPod()
    await pod.start(script('echo ready; sleep 100', { env: { COLOUR: 'green' } }))
    return pod
  }

  it('give both outputs and the exit code', async () => {
    const pod = await idle()
    const execution = await pod.exec('main', ['sh', '-c', 'echo out; echo err >&2; exit 4'], plain)
    const outputs = await Promise.all([textOf(execution.stdout), textOf(execution.stderr)])
    expect(outputs).toEqual(['out\n', 'err\n'])
    expect(await execution.exited).toMatchObject({ exitCode: 4 })
  })

  it("have the container's environment, and more", async () => {
    const pod = await idle()
    const execution = await pod.exec('main', ['sh', '-c', 'echo $COLOUR $SIZE; basename "$PWD"'], {
      ...plain,
      env: { SIZE: 'large' },
      workingDirectory: '/tmp',
    })
    execution.stderr.resume()
    expect(await textOf(execution.stdout)).toBe('green large\ntmp\n')
  })

  it('take input byte for byte, and its end while output goes on', async () => {
    const pod = await idle()
    const execution = await pod.exec('main', ['sh', '-c', 'cat; sleep 0.1; echo after'], {
      tty: false,
      stdin: true,
    })
    const bytes = randomBytes(2_000_000)
    execution.stdin.end(bytes)
    execution.stderr.resume()
    const output = Buffer.concat(await collect<Buffer>(execution.stdout))
    expect(output.equals(Buffer.concat([bytes, Buffer.from('after\n')]))).toBe(true)
    expect(await execution.exited).toMatchObject({ exitCode: 0 })
  })

  it('have an empty input where none is wanted', async () => {
    const pod = await idle()
    const execution = await pod.exec('main', ['sh', '-c', 'cat; echo done'], plain)
    execution.stderr.resume()
    expect(await textOf(execution.stdout)).toBe('done\n')
  })

  it('say which program is not there', async () => {
    const pod = await idle()
    await expect(pod.exec('main', ['no-such-program'], plain)).rejects.toMatchObject({
      name: 'StartError',
      reason: 'not-found',
      message: expect.stringContaining('no-such-program'),
    })
    await expect(pod.exec('main', ['/tmp'], plain)).rejects.toMatchObject({ reason: 'not-executable' })
  })

  it('end with the container', async () => {
    const pod = await idle()
    const execution = await pod.exec('main', ['sleep', '100'], plain)
    const read = Promise.allSettled([collect(execution.stdout), collect(execution.stderr)])
    await pod.kill('main', 'SIGKILL')
    await pod.ended('main')
    await read
    expect(await execution.exited).toMatchObject({ exitCode: 137 })
  })

  it('end when they are closed', async () => {
    const pod = await idle()
    const mark = `/tmp/alive-${randomBytes(4).toString('hex')}`
    const beat = `while :; do date +%s%N > ${mark}; sleep 0.02; done`
    const execution = await pod.exec('main', ['sh', '-c', beat], plain)
    const beatOf = async () => {
      const look = await pod.exec('main', ['cat', mark], plain)
      look.stderr.resume()
      return textOf(look.stdout)
    }
    await eventually(beatOf).not.toBe('')
    await execution.close()
    await delay(100)
    const last = await beatOf()
    await delay(200)
    expect(await beatOf()).toBe(last)
    expect(await execution.exited).toMatchObject({ exitCode: 137 })
  })

  it('join the main process', async () => {
    const pod = await newPod()
    await pod.start(
      script('while read line; do echo "got $line"; echo "e $line" >&2; done; echo bye; exit 6', {
        stdin: true,
      }),
    )
    const attached = await pod.attach('main', { stdin: true })
    const outputs = Promise.all([textOf(attached.stdout), textOf(attached.stderr)])
    attached.stdin.write('one\n')
    await delay(50)
    attached.stdin.end('two\n')
    expect(await outputs).toEqual(['got one\ngot two\nbye\n', 'e one\ne two\n'])
    expect(await attached.exited).toMatchObject({ exitCode: 6 })
    const lines = await linesOf(pod)
    expect(lines.filter((line) => line.startsWith('o'))).toEqual(['o got one', 'o got two', 'o bye'])
  })

  it('join it from now on, and leave it alone', async () => {
    const pod = await newPod()
    await pod.start(script('i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done'))
    await delay(200)
    const attached = await pod.attach('main', { stdin: false })
    attached.stderr.resume()
    const first = await nextOutput(attached)
    expect(Number(first.split('\n')[0])).toBeGreaterThan(1)
    await attached.close()
    const before = (await linesOf(pod)).length
    await eventually(async () => (await linesOf(pod)).length).toBeGreaterThan(before)
  })
})

describe.each(worlds.filter(({ kind }) => kind === 'docker'))('terminals on $kind', (world) => {
  const { pod: newPod, script } = useBackend(world)

  it('have a size that can change', async () => {
    const pod = await newPod()
    await pod.start(script('sleep 100'))
    const execution = await pod.exec('main', ['sh', '-c', 'read go; stty size; read go; stty size'], {
      tty: true,
      stdin: true,
      size: { columns: 101, rows: 31 },
    })
    const output = textOf(execution.stdout)
    execution.stdin.write('\n')
    await delay(200)
    await execution.resize({ columns: 80, rows: 24 })
    execution.stdin.write('\n')
    expect((await output).match(/\d+ \d+/g)).toEqual(['31 101', '24 80'])
    expect(await collect(execution.stderr)).toEqual([])
    expect(await execution.exited).toMatchObject({ exitCode: 0 })
  })

  it('can be those of the main process', async () => {
    const pod = await newPod()
    await pod.start(script('tty; read line; echo "got $line"', { tty: true, stdin: true }))
    const attached = await pod.attach('main', { stdin: true })
    const output = textOf(attached.stdout)
    attached.stdin.write('x\n')
    expect(await output).toContain('got x\r\n')
    expect((await linesOf(pod))[0]).toBe('o /dev/pts/0\r')
  })
})

async function nextOutput({ stdout }: Execution): Promise<string> {
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) return String(chunk)
  throw new Error('the output ended')
}
