import { Duplex } from 'node:stream'
import type { Upgraded } from './cluster-client.ts'
import {
  dataFrame,
  pingFrame,
  resetFrame,
  type SpdyFrame,
  SpdyFrameReader,
  synStream,
} from './spdy-frames.ts'

/** How much of a write goes into one frame. */
const FRAME_BYTES = 32 * 1024
const HEAD_BYTES = 4_096

/**
 * Streams over one upgraded connection, each of which can be half-closed by either side. API servers speak it with every version there is; their
 * older ones know no other way to tell a command that its input has ended.
 */
export class SpdyConnection {
  readonly #socket: Duplex
  readonly #streams = new Map<number, SpdyStream>()
  readonly #frames = new SpdyFrameReader()
  #lastStream = -1

  constructor({ socket, head }: Upgraded) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(undefined))
    socket.on('end', () => socket.destroy())
    if (head.length > 0) this.#take(head)
  }

  /** Opens a stream. `opened` of it resolves when the other side has taken it. */
  open(headers: Readonly<Record<string, string>>): SpdyStream {
    const isFirst = this.#lastStream === -1
    this.#lastStream += 2
    const id = this.#lastStream
    const stream = new SpdyStream({
      write: (bytes, done) => this.#write(dataFrame(id, bytes), done),
      finish: (done) => this.#write(dataFrame(id, new Uint8Array(), true), done),
      resume: () => this.#resume(),
      reset: () => {
        this.#streams.delete(id)
        if (!this.#socket.destroyed) this.#socket.write(resetFrame(id))
        this.#resume()
      },
    })
    if (this.#socket.destroyed) {
      stream.broken(new Error('the connection was closed'))
      return stream
    }
    this.#streams.set(id, stream)
    this.#socket.write(synStream(id, headers, isFirst))
    return stream
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #write(frame: Buffer, done: (error?: Error | null) => void): void {
    // That it breaks is told to whoever reads: a command may end without reading its input.
    if (this.#socket.destroyed) done()
    else this.#socket.write(frame, () => done())
  }

  #take(chunk: Buffer): void {
    for (const frame of this.#frames.push(chunk)) this.#takeFrame(frame)
  }

  #takeFrame(frame: SpdyFrame): void {
    if (frame.kind === 'ping') this.#socket.write(pingFrame(frame.id))
    if (frame.kind === 'other' || frame.kind === 'ping') return
    const stream = this.#streams.get(frame.stream)
    if (stream === undefined) return
    if (frame.kind === 'reply') stream.accepted()
    else if (frame.kind === 'reset') stream.reset()
    else {
      // The streams share one connection: who does not read one holds back all.
      if (frame.bytes.length > 0 && !stream.push(frame.bytes)) {
        stream.isFull = true
        this.#socket.pause()
      }
      if (frame.isLast) stream.push(null)
    }
  }

  #resume(): void {
    if ([...this.#streams.values()].every((stream) => !stream.isFull)) this.#socket.resume()
  }

  #end(error: Error | undefined): void {
    for (const stream of this.#streams.values()) {
      stream.broken(error ?? new Error('the connection was closed'))
    }
    this.#streams.clear()
  }
}

interface SpdyStreamOptions {
  write(bytes: Uint8Array, done: (error?: Error | null) => void): void
  finish(done: (error?: Error | null) => void): void
  resume(): void
  reset(): void
}

/** One of the connection's streams. */
export class SpdyStream extends Duplex {
  readonly opened: Promise<void>
  /** Whether nobody has asked for more since it took the last of it. */
  isFull = false
  readonly #options: SpdyStreamOptions
  readonly #opened = Promise.withResolvers<void>()
  #isOver = false
  #hasEnd = false
  #head: Buffer = Buffer.alloc(0)

  constructor(options: SpdyStreamOptions) {
    super({ allowHalfOpen: true, emitClose: true })
    this.#options = options
    this.opened = this.#opened.promise
    this.opened.catch(() => {}) // whoever wants to know awaits it
    this.on('error', () => {}) // the same
  }

  /** The first of what came, whoever has read it. */
  get head(): string {
    return this.#head.toString('utf8')
  }

  accepted(): void {
    this.#opened.resolve()
  }

  /** Servers end their streams so once all is said; one that was not taken yet was refused. */
  reset(): void {
    this.#opened.reject(new Error('the other side has refused the stream'))
    this.#isOver = true
    if (!this.#hasEnd) this.push(null)
    if (!this.writableFinished) this.end()
  }

  /** Nothing more comes. Whoever has read all to its end is not told. */
  broken(error: Error): void {
    this.#isOver = true
    this.#opened.reject(error)
    if (!this.readableEnded && !this.#hasEnd) this.destroy(error)
    else if (!this.writableFinished) this.end()
  }

  override push(chunk: Buffer | null): boolean {
    if (chunk === null) this.#hasEnd = true
    else if (this.#head.length < HEAD_BYTES)
      this.#head = Buffer.concat([this.#head, chunk]).subarray(0, HEAD_BYTES)
    return super.push(chunk)
  }

  override _read(): void {
    this.isFull = false
    this.#options.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    // What ends without reading its input is no failure of whoever writes it.
    if (this.#isOver) {
      done()
      return
    }
    const pieces = Math.ceil(chunk.length / FRAME_BYTES)
    for (let piece = 0; piece < pieces; piece += 1) {
      const bytes = chunk.subarray(piece * FRAME_BYTES, (piece + 1) * FRAME_BYTES)
      this.#options.write(bytes, piece === pieces - 1 ? done : () => {})
    }
    if (pieces === 0) done()
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.#isOver) done()
    else this.#options.finish(() => done())
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.isFull = false
    if (!this.#isOver && !(this.readableEnded && this.writableFinished)) this.#options.reset()
    this.#isOver = true
    done(error)
  }
}
