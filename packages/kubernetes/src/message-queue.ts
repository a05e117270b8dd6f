/** What several tasks have to say, for one who listens. */
export class MessageQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = []
  #end: { readonly error: unknown } | undefined
  #wake: (() => void) | undefined

  push(message: T): void {
    this.#waiting.push(message)
    this.#wake?.()
  }

  /** Nothing more comes; once all was heard the error is thrown. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const message = this.#waiting.shift()
      if (message !== undefined) yield message
      else if (this.#end !== undefined) throw this.#end.error
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }
}
