const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |\r?$)/
/** More than any server sends before its status, interim answers and their headers included. */
const LONGEST_HEAD_IN_BYTES = 64 * 1024

/** Reads the final status out of an HTTP/1 answer and nothing more: an answer may be endless, and its rest says nothing about readiness. */
export class HttpStatusReader {
  #text = ''

  /** Takes the next bytes. Undefined while the status is not complete; `malformed` for what is no HTTP. */
  read(chunk: Buffer): number | 'malformed' | undefined {
    this.#text += chunk.toString('latin1')
    for (;;) {
      const lineEnd = this.#text.indexOf('\n')
      if (!this.#text.startsWith('HTTP/'.slice(0, this.#text.length))) return 'malformed'
      if (lineEnd < 0) return this.#unfinished()
      const match = STATUS_LINE.exec(this.#text.slice(0, lineEnd))
      if (!match) return 'malformed'
      const status = Number(match[1])
      // 1xx promises another answer, save 101, after which no HTTP follows.
      if (status >= 200 || status === 101) return status
      const headEnd = /\n\r?\n/.exec(this.#text)
      if (!headEnd) return this.#unfinished()
      this.#text = this.#text.slice(headEnd.index + headEnd[0].length)
    }
  }

  #unfinished(): 'malformed' | undefined {
    return this.#text.length > LONGEST_HEAD_IN_BYTES ? 'malformed' : undefined
  }
}
