import { createInflate, type Inflate } from 'node:zlib'
import { SPDY_DICTIONARY } from './spdy-dictionary.ts'

/** The parts of SPDY/3.1 that a server needs: the other side opens streams; either side writes, half-closes and resets them. */
export type SpdyFrame =
  | { readonly kind: 'open'; readonly stream: number; readonly isLast: boolean; readonly headers: Buffer }
  | { readonly kind: 'data'; readonly stream: number; readonly isLast: boolean; readonly bytes: Buffer }
  | { readonly kind: 'reset'; readonly stream: number }
  | { readonly kind: 'ping'; readonly id: number }
  | { readonly kind: 'away' }
  | { readonly kind: 'other' }

const CONTROL = 0x8003
const HEADER_BYTES = 8
const LAST = 0x01
const [SYN_STREAM, SYN_REPLY, RST_STREAM, PING, GOAWAY] = [1, 2, 3, 6, 7] as const
/** Before the headers of an opening frame: its stream, that which it belongs to, its priority. */
const OPENING_BYTES = 10

/** Takes bytes as they come and gives the frames that they complete. */
export class SpdyFrameReader {
  #held: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): SpdyFrame[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    const frames: SpdyFrame[] = []
    while (this.#held.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.#held.readUIntBE(5, 3)
      if (this.#held.length < end) break
      frames.push(readFrame(this.#held.subarray(0, end)))
      this.#held = this.#held.subarray(end)
    }
    return frames
  }
}

function readFrame(frame: Buffer): SpdyFrame {
  const isLast = (frame.readUInt8(4) & LAST) !== 0
  const payload = frame.subarray(HEADER_BYTES)
  if (frame.readUInt8(0) < 0x80)
    return { kind: 'data', stream: frame.readUInt32BE(0), isLast, bytes: payload }
  if (payload.length < 4) return { kind: 'other' }
  const id = payload.readUInt32BE(0)
  switch (frame.readUInt16BE(2)) {
    case SYN_STREAM:
      return { kind: 'open', stream: id & 0x7fffffff, isLast, headers: payload.subarray(OPENING_BYTES) }
    case RST_STREAM:
      return { kind: 'reset', stream: id & 0x7fffffff }
    case PING:
      return { kind: 'ping', id }
    case GOAWAY:
      return { kind: 'away' }
    default:
      return { kind: 'other' }
  }
}

type Headers = Readonly<Record<string, string>>

/** The headers of a connection, which are one packed stream. */
export class SpdyHeaderReader {
  readonly #inflate: Inflate = createInflate({ dictionary: SPDY_DICTIONARY })
  #unpacked: Buffer = Buffer.alloc(0)
  #waiting: { resolve(headers: Headers): void; reject(error: Error): void } | undefined

  constructor() {
    // When they come says nothing of when a block was taken: only the count within tells that it is whole.
    this.#inflate.on('data', (chunk: Buffer) => {
      this.#unpacked = Buffer.concat([this.#unpacked, chunk])
      const headers = parseHeaders(this.#unpacked)
      if (headers === null) return
      this.#unpacked = Buffer.alloc(0)
      this.#waiting?.resolve(headers)
    })
    this.#inflate.on('error', (error) => this.#waiting?.reject(error))
  }

  /** One block after another: do not ask for the next before this one is told. */
  read(block: Buffer): Promise<Headers> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#inflate.write(block)
    })
  }

  close(): void {
    this.#inflate.destroy()
  }
}

/** Null while there is not yet all of them. */
function parseHeaders(plain: Buffer): Headers | null {
  let position = 0
  const number = () => {
    if (plain.length < position + 4) return null
    position += 4
    return plain.readUInt32BE(position - 4)
  }
  const text = () => {
    const length = number()
    if (length === null || plain.length < position + length) return null
    position += length
    return plain.toString('utf8', position - length, position)
  }
  const count = number()
  if (count === null) return null
  const headers: Record<string, string> = {}
  for (let read = 0; read < count; read += 1) {
    const [name, value] = [text(), text()]
    if (name === null || value === null) return null
    headers[name] = value
  }
  return headers
}

/** The zlib header of a stream without a dictionary, and the block that holds no headers at all, so that nothing needs packing. */
const ZLIB_HEADER = Buffer.from([0x78, 0x01])
const NO_HEADERS = Buffer.from([0x00, 0x04, 0x00, 0xfb, 0xff, 0, 0, 0, 0, 0x00, 0x00, 0x00, 0xff, 0xff])

/** Takes a stream that the other side has opened. The first reply of a connection begins its headers. */
export function replyFrame(stream: number, isFirst: boolean): Buffer {
  const headers = isFirst ? Buffer.concat([ZLIB_HEADER, NO_HEADERS]) : NO_HEADERS
  return control(SYN_REPLY, Buffer.concat([uint32(stream), headers]))
}

export function dataFrame(stream: number, bytes: Uint8Array, isLast = false): Buffer {
  const head = Buffer.alloc(HEADER_BYTES)
  head.writeUInt32BE(stream, 0)
  head.writeUInt32BE(bytes.length, 4)
  head.writeUInt8(isLast ? LAST : 0, 4)
  return Buffer.concat([head, bytes])
}

export function pingFrame(id: number): Buffer {
  return control(PING, uint32(id))
}

export function resetFrame(stream: number): Buffer {
  const CANCEL = 5
  return control(RST_STREAM, Buffer.concat([uint32(stream), uint32(CANCEL)]))
}

function control(type: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES)
  head.writeUInt16BE(CONTROL, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt32BE(payload.length, 4)
  return Buffer.concat([head, payload])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value, 0)
  return bytes
}
