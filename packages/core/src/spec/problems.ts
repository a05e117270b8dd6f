import { BerthError } from '../errors/berth-error.ts'

interface Problem {
  readonly path: string
  readonly text: string
  readonly code: 'invalid-spec' | 'unsupported'
  /** The error behind it, where there is one. */
  readonly cause: unknown
}

const MOST_SHOWN = 20

/** Everything that is wrong with one spec, so that it is told at once and not one by one. */
export class Problems {
  readonly #problems: Problem[] = []

  /** Adds what is wrong at a path. What lies at or below a path that is already refused is not worth a second word. */
  add(path: string, text: string, { code = 'invalid-spec', cause }: Partial<Problem> = {}): void {
    if (this.#problems.some((known) => covers(known.path, path))) return
    this.#problems.push({ path, text, code, cause })
  }

  /** Throws `unsupported` where all of it is beyond the cloud, `invalid-spec` where some of it is wrong everywhere. Silent where all is well. */
  throwIfAny(subject: string, provider?: string): void {
    const [first] = this.#problems
    if (first === undefined) return
    const lines = this.#problems.slice(0, MOST_SHOWN).map(({ path, text }) => `${path}: ${text}`)
    const hidden = this.#problems.length - lines.length
    if (hidden > 0) lines.push(`and ${hidden} more`)
    throw new BerthError({
      code: this.#problems.every(({ code }) => code === 'unsupported') ? 'unsupported' : 'invalid-spec',
      message:
        this.#problems.length === 1
          ? `${subject} is refused: ${lines[0]}`
          : `${subject} has ${this.#problems.length} problems:\n${lines.map((line) => `  ${line}`).join('\n')}`,
      provider,
      cause: this.#problems.find(({ cause }) => cause !== undefined)?.cause,
    })
  }
}

function covers(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)
}
