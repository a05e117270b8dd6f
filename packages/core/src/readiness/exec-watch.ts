import type { Instant } from '../contract/evidence.ts'
import type { ExecProbe } from '../contract/probe.ts'
import { BerthError } from '../errors/berth-error.ts'
import { AttemptRecord } from './attempt-record.ts'
import { pause } from './pause.ts'
import { endedBeforeReady, mayPass, unsupportedProbe } from './probe-errors.ts'
import { hasEnded, type ReadinessTarget } from './readiness-target.ts'
import { untilAttemptable } from './until-attemptable.ts'
import type { AttemptCounts, Watch, WatchListener } from './watch.ts'

/**
 * From one command's end to the next one's start: as long as the last took, so that at most half of the time the container works for us.
 * No less than 50 ms, since an exec costs an Engine more than that in processes; no more than 250 ms, since it would be felt.
 */
const PAUSE_IN_MS = { least: 50, most: 250 } as const
/** A command that takes longer is ended and counts as silent. */
const LONGEST_COMMAND_IN_MS = 30_000

/** Runs a command in the container, one at a time, until it exits with 0. */
export class ExecWatch implements Watch {
  readonly #probe: ExecProbe
  readonly #target: ReadinessTarget
  readonly #listener: WatchListener
  readonly #abort = new AbortController()
  readonly #record = new AttemptRecord()
  #lastWords: string | undefined

  constructor(probe: ExecProbe, target: ReadinessTarget, listener: WatchListener) {
    this.#probe = probe
    this.#target = target
    this.#listener = listener
  }

  start(): void {
    void this.#watch()
  }

  stop(): void {
    this.#abort.abort()
  }

  outcome(): string {
    return `exec ${this.#probe.command.join(' ')} ${this.#lastWords ?? 'has not ended yet'}`
  }

  notYet(): Instant | undefined {
    return this.#record.notYet
  }

  counts(): AttemptCounts {
    return this.#record.counts
  }

  /** A command is too dear to be run again only for that. */
  confirm(onSteadiness: (steady: boolean) => void): void {
    onSteadiness(true)
  }

  async #watch(): Promise<void> {
    const { signal } = this.#abort
    while (!signal.aborted) {
      await untilAttemptable(this.#target, signal)
      if (signal.aborted) return
      if (hasEnded(this.#target)) return this.#listener.failed(endedBeforeReady(this.#target, this.outcome()))
      const sentAt = performance.now()
      const succeeded = await this.#attempt(sentAt)
      if (signal.aborted) return
      if (succeeded) return this.#succeed()
      const took = performance.now() - sentAt
      await pause(Math.min(PAUSE_IN_MS.most, Math.max(PAUSE_IN_MS.least, took)), signal)
    }
  }

  /** Runs the command once. What no further attempt can mend it tells the listener. */
  async #attempt(sentAt: Instant): Promise<boolean> {
    this.#record.sent()
    try {
      const { exitCode, stdout, stderr } = await this.#execute()
      if (exitCode === undefined) throw unsupportedProbe('exec', 'exec.exitCode')
      const said = (stderr.trim() || stdout.trim()).split('\n').at(-1)
      this.#lastWords = `exited with ${exitCode}${said ? `: ${said}` : ''}`
      const outcome = exitCode === 0 ? 'success' : 'failure'
      this.#record.ended(sentAt, { at: performance.now(), outcome, refused: false, spoke: true })
      return exitCode === 0
    } catch (error) {
      if (this.#abort.signal.aborted) return false
      if (mayPass(error)) {
        this.#lastWords = `could not be run: ${error.message}`
        this.#record.ended(sentAt, { at: performance.now(), outcome: 'silent', refused: false, spoke: false })
      } else {
        this.stop()
        this.#listener.failed(error)
      }
      return false
    }
  }

  #succeed(): void {
    this.stop()
    this.#listener.succeeded({
      bounds: this.#record.bounds([]) ?? { upper: performance.now(), unsteady: false },
      source: 'exec probe',
      connects: false,
      description: this.outcome(),
      connected: undefined,
    })
  }

  async #execute(): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> {
    if (this.#target.exec === undefined) throw unsupportedProbe('exec', 'exec')
    const tooLong = new AbortController()
    const timer = setTimeout(() => {
      const message = `the command took longer than ${LONGEST_COMMAND_IN_MS / 1_000} s`
      tooLong.abort(new BerthError({ code: 'timeout', message }))
    }, LONGEST_COMMAND_IN_MS)
    try {
      return await this.#target.exec(this.#probe.command, {
        container: this.#probe.container,
        signal: AbortSignal.any([this.#abort.signal, tooLong.signal]),
      })
    } finally {
      clearTimeout(timer)
    }
  }
}
