import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** How one call of az ended. */
export interface AzOutcome {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Azure's own command line, with a configuration that nobody else sees. */
export interface AzCommand extends AsyncDisposable {
  /** Where it may leave files. */
  readonly directory: string
  run(...words: readonly string[]): Promise<AzOutcome>
  /** Runs it, and reads its answer. Throws what it wrote where it fails. */
  json<Answer = unknown>(...words: readonly string[]): Promise<Answer>
  /** Runs it in a terminal of its own, as people do, and types the input at the first prompt. Resolves with what the terminal showed. */
  typeInto(input: string, ...words: readonly string[]): Promise<string>
}

/** Whether there is an az on this machine. */
export function hasAz(): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, 'az'), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** An az that knows nothing but what the given variables tell it. */
export async function azCommand(environment: Readonly<Record<string, string>>): Promise<AzCommand> {
  const directory = await mkdtemp(join(tmpdir(), 'berth-az-'))
  const config = join(directory, 'config')
  await mkdir(config)
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    LANG: 'C.UTF-8',
    // A terminal that is asked for its kind.
    TERM: 'dumb',
    ...environment,
    AZURE_CONFIG_DIR: config,
    AZURE_CORE_COLLECT_TELEMETRY: 'no',
  }
  const running = new Set<ChildProcess>()
  const start = (file: string, words: readonly string[]) => {
    const child = spawn(file, words, { cwd: directory, env, stdio: 'pipe' })
    running.add(child)
    child.once('close', () => running.delete(child))
    return child
  }
  const run = (...words: readonly string[]) => {
    const child = start('az', words)
    child.stdin.end()
    return outcomeOf(child)
  }
  return {
    directory,
    run,
    async json(...words) {
      const { exitCode, stdout, stderr } = await run(...words, '--output', 'json')
      if (exitCode !== 0)
        throw new Error(`az ${words.slice(0, 2).join(' ')} ended with ${exitCode}: ${stderr}`)
      return stdout.trim() === '' ? null : JSON.parse(stdout)
    },
    async typeInto(input, ...words) {
      const command = ['az', ...words].map((word) => `'${word}'`).join(' ')
      const child = start('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'])
      let shown = ''
      const type = () => child.stdin.write(input)
      const typeAtPrompt = (chunk: Buffer) => {
        shown += chunk
        // A shell may ask the terminal where its cursor is behind its prompt.
        if (!/[#$] $/.test(stripVTControlCharacters(shown))) return
        child.stdout.off('data', typeAtPrompt)
        type()
      }
      child.stdout.on('data', typeAtPrompt)
      // What comes while az makes the terminal its own is dropped; and a shell that has no terminal shows no prompt.
      const typing = setInterval(type, 5_000)
      child.stdin.on('error', () => {})
      const { stdout } = await outcomeOf(child).finally(() => clearInterval(typing))
      return stdout
    },
    async [Symbol.asyncDispose]() {
      // One that a test has given up waiting for.
      for (const child of running) child.kill()
      await Promise.all([...running].map((child) => once(child, 'close')))
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function outcomeOf(child: ChildProcess): Promise<AzOutcome> {
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { exitCode, ...text }
}
