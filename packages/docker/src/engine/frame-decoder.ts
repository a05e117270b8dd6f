/** A piece of one frame of the engine's multiplexed streams. */
export interface FramePart {
  /** 0 stdin (echoed), 1 stdout, 2 stderr, 3 an error of the engine itself. */
  readonly stream: number
  /** A view into the chunk it came in, never empty. */
  readonly bytes: Uint8Array
  /** Whether these are the last bytes of the frame. */
  readonly last: boolean
}

const headerLength = 8

/**
 * Takes apart the engine's multiplexed stream: frames of an 8-byte header (stream, three zeros, big-endian length)
 * and a payload. Payloads are handed on as they come, so a frame of any length costs no memory.
 */
export class FrameDecoder {
  readonly #header = new Uint8Array(headerLength)
  #headerFilled = 0
  #stream = 0
  #remaining = 0

  /** Whether the bytes so far end with a whole frame. */
  get atBoundary(): boolean {
    return this.#headerFilled === 0 && this.#remaining === 0
  }

  /**
   * Takes the next bytes.
   *
   * @throws RangeError where a header has no known stream: the bytes are not multiplexed (a terminal's are raw)
   */
  *decode(chunk: Uint8Array): Generator<FramePart, void> {
    let at = 0
    while (at < chunk.length) {
      if (this.#remaining === 0) {
        const taken = chunk.subarray(at, at + headerLength - this.#headerFilled)
        this.#header.set(taken, this.#headerFilled)
        this.#headerFilled += taken.length
        at += taken.length
        if (this.#headerFilled === headerLength) this.#readHeader()
      } else {
        const bytes = chunk.subarray(at, at + this.#remaining)
        at += bytes.length
        this.#remaining -= bytes.length
        yield { stream: this.#stream, bytes, last: this.#remaining === 0 }
      }
    }
  }

  #readHeader(): void {
    const [stream = 0, ...zeros] = this.#header.subarray(0, 4)
    if (stream > 3 || zeros.some((byte) => byte !== 0)) {
      throw new RangeError('the stream is not multiplexed: does its container have a terminal (tty)?')
    }
    this.#stream = stream
    this.#remaining = new DataView(this.#header.buffer).getUint32(4)
    this.#headerFilled = 0
  }
}
