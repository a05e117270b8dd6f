import { WORDS } from './shell-script.ts'

/** What the script has said itself. */
export type ShellWord =
  | { readonly kind: 'hello' | 'noTerminal' | 'deaf' | 'noDirectory' | 'noProgram' }
  /** `terminal` is the name of the terminal where the command has one. */
  | { readonly kind: 'running'; readonly terminal: string }
  | { readonly kind: 'ended'; readonly exitCode: number }

export interface ShellChunk {
  /** What is the command's own. */
  readonly output: Uint8Array
  readonly words: readonly ShellWord[]
}

const SEMICOLON = 0x3b
const KINDS = Object.fromEntries(Object.entries(WORDS).map(([kind, letter]) => [letter, kind]))

/** Tells a script's own words from the command's output, however the pieces are cut. */
export class WordReader {
  readonly #mark: Buffer
  #held: Buffer = Buffer.alloc(0)
  #runs = false
  #ended = false
  #before: Buffer[] = []

  constructor(mark: string) {
    this.#mark = Buffer.from(mark)
  }

  /** What came before the script said anything: of one that never does, the reason. */
  get preface(): string {
    return Buffer.concat([...this.#before, this.#runs ? Buffer.alloc(0) : this.#held]).toString()
  }

  push(chunk: Uint8Array): ShellChunk {
    const output: Buffer[] = []
    const words: ShellWord[] = []
    this.#held = Buffer.concat([this.#held, chunk])
    for (;;) {
      const at = this.#held.indexOf(this.#mark)
      const end = at === -1 ? -1 : this.#held.indexOf(SEMICOLON, at + this.#mark.length)
      if (end === -1) {
        this.#pass(output, at === -1 ? this.#safeLength() : at)
        return { output: Buffer.concat(output), words }
      }
      this.#pass(output, at)
      words.push(this.#take(this.#held.subarray(this.#mark.length, end - at).toString()))
      this.#held = this.#held.subarray(end - at + 1)
    }
  }

  /** How much of what is held cannot be the beginning of a mark. */
  #safeLength(): number {
    const longest = Math.min(this.#mark.length - 1, this.#held.length)
    for (let length = longest; length > 0; length -= 1) {
      const start = this.#held.length - length
      if (this.#held.subarray(start).equals(this.#mark.subarray(0, length))) return start
    }
    return this.#held.length
  }

  #pass(output: Buffer[], length: number): void {
    const passed = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    if (this.#runs && !this.#ended) output.push(passed)
    else if (!this.#runs) this.#before.push(passed)
  }

  #take(text: string): ShellWord {
    const kind = KINDS[text[0] ?? '']
    if (kind === 'ended') {
      this.#ended = true
      return { kind, exitCode: Number(text.slice(1)) }
    }
    if (kind === 'running' || kind === 'deaf') this.#runs = true
    if (kind === 'running') return { kind, terminal: text.slice(1) }
    return { kind: kind as 'hello' | 'noTerminal' | 'deaf' | 'noDirectory' | 'noProgram' }
  }
}
