import { type EndingSignal, EXIT_CODE } from './exit-code.ts'

const ENDING_SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** The reason with which a command is aborted: somebody wants it to end. */
export class Interrupted extends Error {
  /** `SIGPIPE`: nobody reads our output any more. */
  readonly by: EndingSignal | 'SIGPIPE'

  constructor(by: EndingSignal | 'SIGPIPE') {
    super(by === 'SIGPIPE' ? 'the reader of the output has gone' : `interrupted by ${by}`)
    this.name = 'Interrupted'
    this.by = by
  }

  /** Who stopped reading has all that was wanted: no failure. */
  get exitCode(): number {
    return this.by === 'SIGPIPE' ? EXIT_CODE.done : EXIT_CODE[this.by]
  }
}

/** The result cannot be written. */
export class OutputError extends Error {
  constructor(cause: NodeJS.ErrnoException) {
    super(`the output cannot be written: ${cause.code === 'ENOSPC' ? 'the disk is full' : cause.message}`, {
      cause,
    })
    this.name = 'OutputError'
  }
}

/**
 * The ends of a command from outside: the first signal aborts and lets it clean up, the second says what is left and exits at once.
 */
export class Interruption implements Disposable {
  readonly #controller = new AbortController()
  readonly #hints = new Set<() => string>()
  readonly #say: (text: string) => void

  /** @param say writes a line for people */
  constructor(say: (text: string) => void) {
    this.#say = say
    for (const name of ENDING_SIGNALS) process.on(name, this.#take)
  }

  /** Aborted with an `Interrupted` or an `OutputError` as the reason. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** While this stands there is something to clean up; `hint` gives the command that would do it later. */
  owes(hint: () => string): Disposable {
    this.#hints.add(hint)
    return { [Symbol.dispose]: () => this.#hints.delete(hint) }
  }

  /** Our output goes nowhere any more: what it was for can end. */
  unwritable(error: NodeJS.ErrnoException): void {
    const readerGone = error.code === 'EPIPE' || error.code === 'EOF'
    this.#controller.abort(readerGone ? new Interrupted('SIGPIPE') : new OutputError(error))
  }

  [Symbol.dispose](): void {
    for (const name of ENDING_SIGNALS) process.off(name, this.#take)
  }

  readonly #take = (name: NodeJS.Signals): void => {
    const by = name as EndingSignal
    if (!this.signal.aborted) {
      if (this.#hints.size > 0) this.#say('\ninterrupted: cleaning up; once more leaves at once')
      this.#controller.abort(new Interrupted(by))
      return
    }
    const hints = [...this.#hints].map((hint) => `  ${hint()}`)
    if (hints.length > 0)
      this.#say(`left without cleaning up; what may still be there goes with\n${hints.join('\n')}`)
    process.exit(EXIT_CODE[by])
  }
}
