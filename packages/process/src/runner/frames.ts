/** What a frame of an exec connection carries. */
export const frameType = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  stdinEnd: 3,
  /** JSON {@link ExecutionResult}: the last frame. */
  exited: 4,
  /** JSON {@link FailureReply}: instead of `started`. */
  failed: 5,
  /** JSON `{ pid }`. */
  started: 6,
  /** A signal's name. */
  signal: 7,
  /** Four bytes: so much more stdin may be sent. */
  credit: 8,
} as const

/** How much stdin may be under way: without it a program that reads nothing would stop its signals as well. */
export const initialStdinCredit = 256 * 1024

export interface Frame {
  readonly type: number
  readonly payload: Buffer
}

const headerLength = 5

export function encodeFrame(type: number, payload: Uint8Array | string = ''): Buffer {
  const body = Buffer.from(payload as Uint8Array)
  const header = Buffer.alloc(headerLength)
  header.writeUInt8(type, 0)
  header.writeUInt32BE(body.length, 1)
  return Buffer.concat([header, body])
}

export function encodeCredit(byteCount: number): Buffer {
  const payload = Buffer.alloc(4)
  payload.writeUInt32BE(byteCount)
  return encodeFrame(frameType.credit, payload)
}

/** Puts a byte stream back into frames, however it was cut on the way. */
export class FrameDecoder {
  #pending: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): Frame[] {
    let rest = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const frames: Frame[] = []
    while (rest.length >= headerLength) {
      const end = headerLength + rest.readUInt32BE(1)
      if (rest.length < end) break
      frames.push({ type: rest.readUInt8(0), payload: rest.subarray(headerLength, end) })
      rest = rest.subarray(end)
    }
    this.#pending = rest
    return frames
  }
}
