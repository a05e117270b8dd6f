import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Duplex } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { collectExec } from '../run/collect-exec.ts'
import { openShellSession } from './open-shell-session.ts'
import type { ShellCommand } from './shell-script.ts'

const NEVER_ABORTED = new AbortController().signal
// Also in a terminal of `script`, with its echo and the shell's own prompt.
const SHELLS = [
  ['dash'],
  ['bash'],
  ['busybox', 'sh'],
  ['script', '-qec', 'dash', '/dev/null'],
  ['script', '-qec', 'bash', '/dev/null'],
  ['script', '-qec', 'busybox sh', '/dev/null'],
]
  .filter((words) =>
    words
      .flatMap((word) => word.split(' '))
      .filter((word) => /^(?:dash|bash|busybox|script)$/.test(word))
      .every(isThere),
  )
  .map((words) => ({ words, name: words.join(' ') }))

describe.each(SHELLS)('a command in $name', ({ words: shell }) => {
  const exec = async (command: readonly string[], more: Partial<ShellCommand> = {}, input?: Uint8Array) =>
    collectExec(await open(shell, command, more), input, NEVER_ABORTED)

  it.each([0, 1, 42, 126, 127, 255])('tells exit code %d', async (code) => {
    expect((await exec(['sh', '-c', `exit ${code}`])).exitCode).toBe(code)
  })

  it('tells the end by a signal as a shell does', async () => {
    expect((await exec(['sh', '-c', 'kill -9 $$'])).exitCode).toBe(137)
  })

  it('takes every word as it is, and the environment, and the directory', async () => {
    const words = [
      '',
      ' ',
      "it's",
      '"',
      '$HOME',
      '$(id)',
      '*',
      '~',
      '-n',
      '\\n',
      'a\nb',
      '漢字',
      '\u0001',
      'x'.repeat(9_000),
    ]
    const script = 'for word do printf "<%s>" "$word"; done; printf %s "$GREETING"; pwd'
    const { stdout } = await exec(['sh', '-c', script, 'sh', ...words], {
      env: { GREETING: "it's $HOME\n" },
      workingDirectory: '/usr',
    })
    expect(stdout).toBe(`${words.map((word) => `<${word}>`).join('')}it's $HOME\n/usr\n`)
  })

  it('gives bytes exactly, both outputs in one', async () => {
    const { stdoutBytes, stderr } = await exec([
      'sh',
      '-c',
      String.raw`printf '\377\000\r\n'; printf '\303' >&2`,
    ])
    expect(Buffer.from(stdoutBytes).toString('hex')).toBe('ff000d0ac3')
    expect(stderr).toBe('')
  })

  it('takes a megabyte of input, and its end', async () => {
    const bytes = randomBytes(2 ** 20)
    const { stdoutBytes, exitCode } = await exec(['cat'], {}, bytes)
    expect(exitCode).toBe(0)
    expect(bytes.equals(stdoutBytes)).toBe(true)
  })

  it('may end without reading its input', async () => {
    const { stdout, exitCode } = await exec(['echo', 'enough'], {}, randomBytes(2 ** 20))
    expect([stdout, exitCode]).toEqual(['enough\n', 0])
  })

  it('answers while its input is open, and after its end', async () => {
    await using session = await open(shell, [
      'sh',
      '-c',
      'read line; echo "got $line"; cat >/dev/null; echo end',
    ])
    session.stdin.write('first\n')
    expect(String((await once(session.stdout, 'data'))[0])).toBe('got first\n')
    session.stdin.end('more')
    expect(await text(session.stdout)).toBe('end\n')
    expect(await session.exited).toEqual({ exitCode: 0 })
  })

  it('says which program or directory is not there', async () => {
    for (const program of ['/no/such/program', 'no-such-program', '/']) {
      await expect(exec([program])).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining(`the command ${program} did not start`) as string,
      })
    }
    await expect(exec(['true'], { workingDirectory: '/nowhere' })).rejects.toThrow('no directory /nowhere')
  })

  it('loses nothing to a slow reader', async () => {
    await using session = await open(shell, ['sh', '-c', 'head -c 3000000 /dev/zero; echo end'])
    session.stdin.end()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await buffer(session.stdout)).length).toBe(3_000_004)
    expect(await session.exited).toEqual({ exitCode: 0 })
  })
})

describe.each(SHELLS.filter(({ words }) => words[0] === 'script'))(
  'a terminal of $name',
  ({ words: shell }) => {
    it('is the command’s where one was asked for, and is told its end', async () => {
      const script = 'test -t 0 && test -t 1 && echo terminal; read line; echo "got $line"; exit 3'
      await using session = await open(shell, ['sh', '-c', script], { tty: true })
      session.stdin.write('word\n')
      expect(await text(session.stdout)).toMatch(/terminal\r\n[\s\S]*got word\r\n/)
      expect(await session.exited).toEqual({ exitCode: 3 })
    })

    it('is hidden from the command where none was asked for', async () => {
      const session = await open(shell, ['sh', '-c', 'test -t 0 || test -t 1 || test -t 2 || echo none'])
      expect((await collectExec(session, undefined, NEVER_ABORTED)).stdout).toBe('none\n')
    })

    it('takes another size by its name', async () => {
      const sizes: unknown[] = []
      await using session = await open(shell, ['sh', '-c', 'read line'], { tty: true }, (...size) => {
        sizes.push(size)
      })
      await session.resize({ columns: 91, rows: 33 })
      expect(sizes).toEqual([
        [expect.stringMatching(/^\/dev\/pts\/\d+$/) as string, { columns: 91, rows: 33 }],
      ])
    })
  },
)

describe('a connection', () => {
  it('that ends without a word of the script has no shell behind it', async () => {
    const channel = connectionTo('cat', ['/no/such/file', '/proc/self/comm'])
    const opening = openShellSession(channel, commandOf(['true']), { subject: 'web', signal: NEVER_ABORTED })
    await expect(opening).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('the answer was: cat') as string,
    })
  })

  it('that breaks while the command runs rejects its end', async () => {
    const channel = connectionTo('sh', [])
    const session = await openShellSession(channel, commandOf(['sleep', '60']), {
      subject: 'web',
      signal: NEVER_ABORTED,
    })
    channel.destroy(new Error('reset by the other side'))
    await expect(session.exited).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('reset by the other side') as string,
    })
  })

  it('whose opening is aborted is closed', async () => {
    const channel = connectionTo('sleep', ['60'])
    const controller = new AbortController()
    const opening = openShellSession(channel, commandOf(['true']), {
      subject: 'web',
      signal: controller.signal,
    })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(opening).rejects.toBe(reason)
    expect(channel.destroyed).toBe(true)
  })
})

function commandOf(command: readonly string[], more: Partial<ShellCommand> = {}): ShellCommand {
  return { command, env: {}, workingDirectory: undefined, tty: false, stdin: true, ...more }
}

async function open(
  shell: readonly string[],
  command: readonly string[],
  more: Partial<ShellCommand> = {},
  resize: (terminal: string, size: object) => void = () => {},
) {
  const [program = '', ...words] = shell
  const channel = connectionTo(program, words)
  return await openShellSession(channel, commandOf(command, more), {
    subject: 'web',
    signal: NEVER_ABORTED,
    resize: async (...told) => resize(...told),
  })
}

/** A process' pipes as one connection, as clouds hand it over. */
function connectionTo(program: string, words: readonly string[]): Duplex {
  // Without a home no shell reads what its user has set up.
  const env = { ...process.env, HOME: '/nowhere' }
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'ignore'], env })
  child.stdin.on('error', () => {})
  const channel: Duplex = new Duplex({
    read: () => void child.stdout.resume(),
    write: (chunk, _encoding, done) => void child.stdin.write(chunk, () => done()),
    destroy: (error, done) => {
      child.kill('SIGKILL')
      done(error)
    },
  })
  child.stdout.on('data', (chunk) => {
    if (!channel.push(chunk)) child.stdout.pause()
  })
  child.stdout.once('end', () => {
    channel.push(null)
    channel.end()
  })
  return channel
}

function isThere(program: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => {
    try {
      return process.getBuiltinModule('node:fs').statSync(`${folder}/${program}`).isFile()
    } catch {
      return false
    }
  })
}
