import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../src/berth.ts', import.meta.url))

/** How one call of the command ended. */
export interface Outcome {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CallOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  /** A file to write to, by its descriptor, in place of a pipe that is read. */
  readonly stdout?: number
  /** Given to Node.js itself, before the command. */
  readonly nodeArguments?: readonly string[]
}

/** A call that is under way. */
export interface Call {
  readonly child: ChildProcess
  readonly outcome: Promise<Outcome>
  /** Resolves once what was written so far, on either stream, matches. Rejects when the command ends without. */
  seen(pattern: RegExp): Promise<void>
}

/** A place of its own for each test file: a working directory, and a catalogue's state directory that no one else sees. */
export class Place {
  readonly directory = mkdtempSync(join(tmpdir(), 'berth-cli-'))

  /** Runs the command to its end. */
  run(words: readonly string[], options: CallOptions = {}): Promise<Outcome> {
    return this.call(words, options).outcome
  }

  /** Runs it and reads its one JSON document. */
  async json(
    words: readonly string[],
    options: CallOptions = {},
  ): Promise<Outcome & { readonly document: unknown }> {
    const outcome = await this.run([...words, '--json'], options)
    return { ...outcome, document: JSON.parse(outcome.stdout) }
  }

  call(
    words: readonly string[],
    { env = {}, input, stdout: file, nodeArguments = [] }: CallOptions = {},
  ): Call {
    const child = spawn(
      process.execPath,
      [
        '--conditions=@berth/source',
        '--disable-warning=ExperimentalWarning',
        ...nodeArguments,
        ENTRY,
        ...words,
      ],
      {
        cwd: this.directory,
        env: { PATH: process.env.PATH, HOME: this.directory, XDG_RUNTIME_DIR: this.directory, ...env },
        stdio: ['pipe', file ?? 'pipe', 'pipe'],
      },
    )
    let [stdout, stderr] = ['', '']
    const listeners = new Set<() => void>()
    const take = (add: (text: string) => void) => (text: string) => {
      add(text)
      for (const listener of [...listeners]) listener()
    }
    child.stdout?.setEncoding('utf8').on(
      'data',
      take((text) => {
        stdout += text
      }),
    )
    child.stderr?.setEncoding('utf8').on(
      'data',
      take((text) => {
        stderr += text
      }),
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
    const outcome = new Promise<Outcome>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
    })
    const seen = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (!pattern.test(stdout) && !pattern.test(stderr)) return
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void outcome.then(({ exitCode }) =>
          reject(new Error(`ended with ${exitCode} before ${pattern} was seen\n${stdout}\n${stderr}`)),
        )
      })
    return { child, outcome, seen }
  }

  /** Removes what the tests left, and the place itself. */
  async leave(): Promise<void> {
    await this.run(['rm', '--all', '--force', '--on', 'process'])
    rmSync(this.directory, { recursive: true, force: true })
  }
}
