import type { LogProbe } from '../contract/probe.ts'
import { pause } from './pause.ts'
import { endedBeforeReady, mayPass, unsupportedProbe } from './probe-errors.ts'
import { hasEnded, type ReadinessTarget } from './readiness-target.ts'
import { untilAttemptable } from './until-attemptable.ts'
import type { AttemptCounts, Watch, WatchListener } from './watch.ts'

/** Pauses before a stream that broke is opened again. */
const REOPEN_IN_MS = { first: 50, longest: 2_000 } as const

/** Reads the log from its beginning until enough lines match. A stream that breaks is read anew, and counted anew. */
export class LogWatch implements Watch {
  readonly #probe: LogProbe
  readonly #target: ReadinessTarget
  readonly #listener: WatchListener
  readonly #abort = new AbortController()
  readonly #matches: (text: string) => boolean
  #found = 0
  #trouble = ''

  constructor(probe: LogProbe, target: ReadinessTarget, listener: WatchListener) {
    this.#probe = probe
    this.#target = target
    this.#listener = listener
    this.#matches = matcher(probe.pattern)
  }

  start(): void {
    void this.#watch()
  }

  stop(): void {
    this.#abort.abort()
  }

  outcome(): string {
    return `${this.#described()}${this.#trouble}`
  }

  notYet(): undefined {
    return undefined
  }

  counts(): AttemptCounts {
    return { sent: 0, failed: 0, silent: 0 }
  }

  /** What was written stays written. */
  confirm(onSteadiness: (steady: boolean) => void): void {
    onSteadiness(true)
  }

  #described(): string {
    const { pattern } = this.#probe
    const wanted = typeof pattern === 'string' ? `'${pattern}'` : String(pattern)
    return `the log shows ${wanted} ${this.#found} of ${this.#times} times`
  }

  get #times(): number {
    return this.#probe.times ?? 1
  }

  async #watch(): Promise<void> {
    const { signal } = this.#abort
    let pauseInMs: number = REOPEN_IN_MS.first
    while (!signal.aborted) {
      await untilAttemptable(this.#target, signal)
      const wasOver = hasEnded(this.#target)
      try {
        await this.#read(signal)
        this.#trouble = ', and has ended'
      } catch (error) {
        if (signal.aborted) return
        if (!mayPass(error)) return this.#listener.failed(error)
        this.#trouble = `, and could not be read on: ${error.message}`
      }
      if (signal.aborted) return
      // What a stream opened after the end did not show will never be there.
      if (wasOver) return this.#listener.failed(endedBeforeReady(this.#target, this.outcome()))
      await pause(pauseInMs, signal)
      pauseInMs = Math.min(REOPEN_IN_MS.longest, pauseInMs * 2)
    }
  }

  /** Reads until the stream has shown what was wanted, or ends. */
  async #read(signal: AbortSignal): Promise<void> {
    if (this.#target.logs === undefined) throw unsupportedProbe('log', 'logs')
    this.#found = 0
    for await (const line of this.#target.logs({ container: this.#probe.container, signal })) {
      if (!this.#matches(line.text) || ++this.#found < this.#times) continue
      // Told before the loop is left: that waits until the stream is closed.
      this.#succeed()
      return
    }
  }

  #succeed(): void {
    const upper = performance.now()
    this.stop()
    this.#listener.succeeded({
      bounds: { upper, unsteady: false },
      source: 'log probe',
      connects: false,
      description: this.#described(),
      connected: undefined,
    })
  }
}

function matcher(pattern: string | RegExp): (text: string) => boolean {
  if (typeof pattern === 'string') return (text) => text.includes(pattern)
  // A global or sticky expression remembers where its last match ended, in another line.
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
  return (text) => stateless.test(text)
}
