import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Started, StartRequest } from '../contenders/contender.ts'
import type { ContenderName } from '../contenders/open-contender.ts'
import { compileContenders } from './compile-contenders.ts'
import type { Asked, Burst, Said } from './contender-messages.ts'

/** No start takes so long; a contender that does has failed. */
const LONGEST_ANSWER_IN_MS = 180_000
/** What is under way then may be a wait of a minute for a port. */
const LONGEST_CLOSE_IN_MS = 15_000

/** The processes of a benchmark's contenders. */
export class ContenderProcesses {
  readonly #opened = new Set<Promise<ContenderProcess>>()
  readonly #kept = new Map<ContenderName, Promise<ContenderProcess>>()
  #host: Promise<string> | undefined
  #closing = false

  /** The one process that a contender keeps over all rounds; opened on first use. */
  of(name: ContenderName): Promise<ContenderProcess> {
    const kept = this.#kept.get(name) ?? this.open(name)
    this.#kept.set(name, kept)
    return kept
  }

  /** A new process. @param environment goes over that of this process */
  open(name: ContenderName, environment: Readonly<Record<string, string>> = {}): Promise<ContenderProcess> {
    if (this.#closing) return new Promise(() => {})
    this.#host ??= compileContenders()
    const opening = openProcess(this.#host, name, environment)
    this.#opened.add(opening)
    return opening
  }

  /** Closes all that are open, each once what it has begun is done. */
  async close(): Promise<void> {
    this.#closing = true
    const opened = await Promise.allSettled(this.#opened)
    await Promise.all(opened.map((process) => process.status === 'fulfilled' && process.value.close()))
  }
}

async function openProcess(
  host: Promise<string>,
  name: ContenderName,
  environment: Readonly<Record<string, string>>,
): Promise<ContenderProcess> {
  // Ryuk would be one more container for testcontainers to start; without it the comparison is in its favour.
  const child = fork(await host, [name], {
    env: { ...process.env, TESTCONTAINERS_RYUK_DISABLED: 'true', ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const contender = new ContenderProcess(name, child)
  await contender.opened()
  return contender
}

/** A contender in a process of its own; one question at a time. */
export class ContenderProcess {
  readonly #name: string
  readonly #child: ChildProcess
  #closing = false

  constructor(name: string, child: ChildProcess) {
    this.#name = name
    this.#child = child
  }

  async opened(): Promise<void> {
    await this.#answer()
  }

  async start(start: StartRequest): Promise<Started> {
    const said = await this.#ask({ start })
    if ('started' in said) return said.started
    throw this.#unexpected(said)
  }

  async burst(burst: StartRequest, count: number): Promise<Burst> {
    const said = await this.#ask({ burst, count })
    if ('burst' in said) return said.burst
    throw this.#unexpected(said)
  }

  async remove(...containerIds: string[]): Promise<void> {
    const said = await this.#ask({ remove: containerIds })
    if (!('removed' in said)) throw this.#unexpected(said)
  }

  /** Waits for what is under way. Whoever asks from now on gets no answer: an interrupted measurement goes no further. */
  async close(): Promise<void> {
    this.#closing = true
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exit = once(this.#child, 'exit')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), LONGEST_CLOSE_IN_MS)
    if (this.#child.connected) this.#child.send({ close: true } satisfies Asked)
    await exit
    clearTimeout(timer)
  }

  #ask(asked: Asked): Promise<Said> {
    if (this.#closing) return new Promise(() => {})
    const answer = this.#answer()
    this.#child.send(asked)
    return answer
  }

  async #answer(): Promise<Said> {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(LONGEST_ANSWER_IN_MS)])
    try {
      const said = await Promise.race([
        once(this.#child, 'message', { signal }).then(([message]) => message as Said),
        once(this.#child, 'exit', { signal }).then(([code]) => ({
          failure: `its process ended with ${code}`,
        })),
      ])
      if ('failure' in said) throw new Error(`${this.#name}: ${said.failure}`)
      return said
    } finally {
      over.abort()
    }
  }

  #unexpected(said: Said): Error {
    return new Error(`${this.#name} said ${JSON.stringify(said)}`)
  }
}
