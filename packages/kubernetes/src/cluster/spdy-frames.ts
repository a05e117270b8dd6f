/** The parts of SPDY/3.1 that a client needs: streams are opened, written, half-closed and reset; pings are answered. */
export type SpdyFrame =
  | { readonly kind: 'data'; readonly stream: number; readonly isLast: boolean; readonly bytes: Buffer }
  | { readonly kind: 'reply'; readonly stream: number }
  | { readonly kind: 'reset'; readonly stream: number }
  | { readonly kind: 'ping'; readonly id: number }
  | { readonly kind: 'other' }

const CONTROL = 0x8003
const HEADER_BYTES = 8
const LAST = 0x01
const SYN_STREAM = 1
const SYN_REPLY = 2
const RST_STREAM = 3
const PING = 6
/** An empty block: whoever reads is to hand over what came before it. */
const FLUSH = Buffer.from([0x00, 0x00, 0x00, 0xff, 0xff])
/** The zlib header of a stream that was not given a dictionary. */
const ZLIB_HEADER = Buffer.from([0x78, 0x01])

/** A frame that opens a stream. The headers of a connection are one zlib stream; `isFirst` begins it. */
export function synStream(
  stream: number,
  headers: Readonly<Record<string, string>>,
  isFirst: boolean,
): Buffer {
  const pairs = Object.entries(headers)
  const plain = Buffer.concat([
    uint32(pairs.length),
    ...pairs.flatMap(([name, value]) => [text(name.toLowerCase()), text(value)]),
  ])
  const fixed = Buffer.alloc(10)
  fixed.writeUInt32BE(stream, 0)
  return control(
    SYN_STREAM,
    Buffer.concat([fixed, isFirst ? ZLIB_HEADER : Buffer.alloc(0), storedBlock(plain)]),
  )
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
  const flags = frame.readUInt8(4)
  const payload = frame.subarray(HEADER_BYTES)
  if (frame.readUInt8(0) < 0x80) {
    return { kind: 'data', stream: frame.readUInt32BE(0), isLast: (flags & LAST) !== 0, bytes: payload }
  }
  if (payload.length < 4) return { kind: 'other' }
  const id = payload.readUInt32BE(0)
  switch (frame.readUInt16BE(2)) {
    case SYN_REPLY:
      return { kind: 'reply', stream: id & 0x7fffffff }
    case RST_STREAM:
      return { kind: 'reset', stream: id & 0x7fffffff }
    case PING:
      return { kind: 'ping', id }
    default:
      return { kind: 'other' }
  }
}

function control(type: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES)
  head.writeUInt16BE(CONTROL, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt32BE(payload.length, 4)
  return Buffer.concat([head, payload])
}

/** As the headers are a few dozen bytes they are stored, not packed: so they need neither the protocol's dictionary nor a compressor's state. */
function storedBlock(plain: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt16LE(plain.length, 1)
  head.writeUInt16LE(~plain.length & 0xffff, 3)
  return Buffer.concat([head, plain, FLUSH])
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint32(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value, 0)
  return bytes
}
