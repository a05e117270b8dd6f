import { inspect } from 'node:util'

/** Keeps what the suite got to see, so that a secret that shows anywhere is found in the end. */
export class Witness {
  readonly #texts = new Map<string, string>()
  readonly #canaries = new Set<string>()

  /** A value that must show nowhere. */
  watchFor(canary: string): void {
    this.#canaries.add(canary)
  }

  /** Takes down everything that a value shows of itself: as text, in `console.log`, in JSON. */
  see(where: string, value: unknown): void {
    const text = [
      inspect(value, { depth: 8, maxStringLength: null, maxArrayLength: null, getters: true }),
      jsonOf(value),
      value instanceof Error ? `${value.message}\n${value.stack}` : '',
    ].join('\n')
    this.#texts.set(where, `${this.#texts.get(where) ?? ''}${text}\n`)
  }

  /** Where a canary showed, in any of its usual forms; never the canary itself. */
  sightings(): string[] {
    const found: string[] = []
    for (const [where, text] of this.#texts) {
      if ([...this.#canaries].some((canary) => shows(text, canary))) found.push(where)
    }
    return found
  }
}

/** Whether a text shows a value: plain, in JSON, in a URL, or in base64. */
export function shows(text: string, value: string): boolean {
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
  ]
  return forms.some((form) => text.includes(form))
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // A value that cannot be written shows nothing there.
    return ''
  }
}
