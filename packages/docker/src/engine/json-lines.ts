import type { Readable } from 'node:stream'

const newline = 0x0a
/** So many lines may wait to be read before the sender is held back. */
const mostWaiting = 256

interface Waiter<Value> {
  readonly resolve: (result: IteratorResult<Value, undefined>) => void
  readonly reject: (error: unknown) => void
}

/**
 * What `read` makes of each line of a JSON stream, wherever the chunks were cut (also within a character). Blank lines are left out, and
 * those of which it makes undefined; a last line without its newline counts. Each is there as soon as its bytes are: an engine's events come to all runs through here, and Node's own iteration
 * of a stream takes several turns for each chunk.
 */
export class JsonLines<Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #source: Readable
  readonly #read: (line: string) => Value | undefined
  readonly #values: Value[] = []
  readonly #waiting: Waiter<Value>[] = []
  #held: Buffer[] = []
  #end: { readonly error?: unknown } | undefined

  constructor(source: Readable, read: (line: string) => Value | undefined) {
    this.#source = source
    this.#read = read
    source.on('data', (chunk: Buffer) => this.#take(chunk))
    source.on('end', () => this.#finish())
    source.on('error', (error) => this.#settle({ error }))
    source.on('close', () => this.#settle({}))
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    if (this.#values.length > 0) {
      const value = this.#values.shift() as Value
      if (this.#values.length === 0 && this.#source.isPaused()) this.#source.resume()
      return Promise.resolve({ done: false, value })
    }
    if (this.#end === undefined) {
      return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
    }
    const { error } = this.#end
    this.#end = {}
    return error === undefined ? Promise.resolve({ done: true, value: undefined }) : Promise.reject(error)
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.#source.destroy()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #take(chunk: Buffer): void {
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#give(chunk, start, end)
      start = end + 1
    }
    if (start < chunk.length) this.#held.push(chunk.subarray(start))
    if (this.#values.length > mostWaiting) this.#source.pause()
  }

  #finish(): void {
    this.#give(Buffer.alloc(0), 0, 0)
    this.#settle({})
  }

  /** What is held and this part of a chunk are a line. */
  #give(chunk: Buffer, start: number, end: number): void {
    if (this.#end) return
    const text =
      this.#held.length === 0
        ? chunk.toString('utf8', start, end)
        : Buffer.concat([...this.#held, chunk.subarray(start, end)]).toString('utf8')
    const line = text.trim()
    this.#held = []
    if (line === '') return
    try {
      const value = this.#read(line)
      if (value === undefined) return
      const waiter = this.#waiting.shift()
      if (waiter) waiter.resolve({ done: false, value })
      else this.#values.push(value)
    } catch (error) {
      this.#settle({ error })
      this.#source.destroy()
    }
  }

  /** The lines before it are still to be read. */
  #settle(end: { readonly error?: unknown }): void {
    if (this.#end) return
    this.#end = end
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (end.error === undefined) resolve({ done: true, value: undefined })
      else reject(end.error)
    }
  }
}
