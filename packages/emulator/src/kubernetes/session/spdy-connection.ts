import { Duplex } from 'node:stream'
import {
  dataFrame,
  pingFrame,
  replyFrame,
  resetFrame,
  type SpdyFrame,
  SpdyFrameReader,
  SpdyHeaderReader,
} from './spdy-frames.ts'

/** How much of a write goes into one frame. */
const FRAME_BYTES = 32 * 1024

/** The server's side of one upgraded connection: streams that the client opens. `onStream` is called for each, with its headers. */
export class SpdyConnection {
  readonly #socket: Duplex
  readonly #streams = new Map<number, SpdyStream>()
  readonly #frames = new SpdyFrameReader()
  readonly #headers = new SpdyHeaderReader()
  readonly #onStream: (stream: SpdyStream) => void
  readonly #closed = Promise.withResolvers<void>()
  #taking: Promise<void> = Promise.resolve()
  #replies = 0

  constructor(socket: Duplex, head: Buffer, onStream: (stream: SpdyStream) => void) {
    this.#socket = socket
    this.#onStream = onStream
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', () => this.#end())
    socket.on('close', () => this.#end())
    socket.on('end', () => socket.destroy())
    if (head.length > 0) this.#take(head)
  }

  /** Resolves when the connection is gone. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  /** Sends what was written and ends the connection. */
  close(): void {
    this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** In the order in which they came, though headers take a moment to be read. */
  #take(chunk: Buffer): void {
    const frames = this.#frames.push(chunk)
    this.#taking = this.#taking
      .then(async () => {
        for (const frame of frames) await this.#takeFrame(frame)
      })
      .catch(() => {
        this.#socket.destroy()
      })
  }

  async #takeFrame(frame: SpdyFrame): Promise<void> {
    switch (frame.kind) {
      case 'ping':
        this.#write(pingFrame(frame.id))
        return
      case 'away':
        return
      case 'other':
        return
      case 'open':
        await this.#open(frame)
        return
      case 'reset':
        this.#streams.get(frame.stream)?.destroy()
        return
      case 'data': {
        const stream = this.#streams.get(frame.stream)
        // The streams share one connection: who does not read one holds back all.
        if (frame.bytes.length > 0 && stream && !stream.destroyed && !stream.push(frame.bytes)) {
          stream.isFull = true
          this.#socket.pause()
        }
        if (frame.isLast) stream?.push(null)
      }
    }
  }

  async #open({ stream: id, isLast, headers }: Extract<SpdyFrame, { kind: 'open' }>): Promise<void> {
    const stream = new SpdyStream(await this.#headers.read(headers), {
      write: (bytes, done) => this.#write(dataFrame(id, bytes), done),
      finish: (done) => this.#write(dataFrame(id, new Uint8Array(), true), done),
      resume: () => this.#resume(),
      forget: (isWhole) => {
        this.#streams.delete(id)
        if (!isWhole) this.#write(resetFrame(id))
        this.#resume()
      },
    })
    this.#streams.set(id, stream)
    this.#write(replyFrame(id, this.#replies === 0))
    this.#replies += 1
    if (isLast) stream.push(null)
    this.#onStream(stream)
  }

  #write(frame: Buffer, done: (error?: Error | null) => void = () => {}): void {
    // That it breaks is told to whoever reads.
    if (this.#socket.destroyed || this.#socket.writableEnded) done()
    else this.#socket.write(frame, () => done())
  }

  #resume(): void {
    if ([...this.#streams.values()].every((stream) => !stream.isFull)) this.#socket.resume()
  }

  #end(): void {
    for (const stream of this.#streams.values()) stream.destroy()
    this.#streams.clear()
    this.#headers.close()
    this.#closed.resolve()
  }
}

interface SpdyStreamParts {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void
  finish(done: (error?: Error | null) => void): void
  resume(): void
  /** `isWhole`: both sides had ended it. */
  forget(isWhole: boolean): void
}

/** One of the connection's streams. */
export class SpdyStream extends Duplex {
  readonly headers: Readonly<Record<string, string>>
  /** Whether nobody has asked for more since it took the last of it. */
  isFull = false
  readonly #parts: SpdyStreamParts

  constructor(headers: Readonly<Record<string, string>>, parts: SpdyStreamParts) {
    super({ allowHalfOpen: true })
    this.headers = headers
    this.#parts = parts
    this.on('error', () => {}) // told by its close
  }

  override _read(): void {
    this.isFull = false
    this.#parts.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const next = (from: number) => {
      const piece = chunk.subarray(from, from + FRAME_BYTES)
      const end = from + piece.length
      this.#parts.write(piece, (error) => (error || end >= chunk.length ? done(error) : next(end)))
    }
    next(0)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#parts.finish(done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.isFull = false
    this.#parts.forget(this.readableEnded && this.writableFinished)
    done(error)
  }
}
