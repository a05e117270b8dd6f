import { describe, expect, it } from 'vitest'
import {
  collect,
  ended,
  isRunning,
  type TemporaryRunner,
  temporaryRunner,
  textOf,
} from './temporary-runner.ts'

/** A container with an input, which a shell script reads. */
function reader(runner: TemporaryRunner, script: string) {
  return runner.create({
    name: 'group',
    containers: [{ name: 'main', image: 'berth/shell', command: ['sh', '-c', script], stdin: true }],
  })
}

describe('attach', () => {
  it("writes to the main process' input, and reads what it says from then on", async () => {
    await using runner = await temporaryRunner()
    await reader(runner, 'while read line; do echo "got $line"; done; echo end >&2; exit 3')
    const attached = await runner.attach('group', { container: 'main', stdin: true })
    const outputs = Promise.all([collect(attached.stdout), collect(attached.stderr)])
    attached.stdin.write('one\n')
    attached.stdin.end('two\n')
    expect((await outputs).map(textOf)).toEqual(['got one\ngot two\n', 'end\n'])
    expect(await attached.exited).toEqual({ exitCode: 3, signal: null, failure: null })
    expect(textOf(await collect(runner.logs('group', { stream: 'stdout' })))).toBe('got one\ngot two\n')
  })

  it('leaves an input open that it has not attached', async () => {
    await using runner = await temporaryRunner()
    await reader(runner, 'read line; echo "got $line"')
    const leave = new AbortController()
    const watching = await runner.attach('group', { container: 'main', signal: leave.signal })
    watching.stdin.end('lost\n')
    const reason = new Error('enough')
    leave.abort(reason)
    await expect(watching.exited).rejects.toBe(reason)
    const writing = await runner.attach('group', { container: 'main', stdin: true })
    writing.stderr.resume()
    writing.stdin.write('kept\n')
    expect(textOf(await collect(writing.stdout))).toBe('got kept\n')
  })

  it('ends the input that it had attached when it leaves, and nothing else', async () => {
    await using runner = await temporaryRunner()
    const group = await reader(runner, 'cat > /dev/null; echo input has ended; sleep 60')
    const leave = new AbortController()
    const attached = await runner.attach('group', { container: 'main', stdin: true, signal: leave.signal })
    attached.stdin.write('x')
    leave.abort()
    for await (const { bytes } of runner.logs('group', { follow: true })) {
      expect(Buffer.from(bytes).toString()).toBe('input has ended\n')
      break
    }
    expect(isRunning(group.containers[0]?.pid ?? 0)).toBe(true)
  })

  it('is refused where nothing runs', async () => {
    await using runner = await temporaryRunner()
    await runner.shell('true')
    await ended(runner)
    await expect(runner.attach('group', { container: 'main' })).rejects.toMatchObject({ code: 'not-running' })
    await expect(runner.attach('other', { container: 'main' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
