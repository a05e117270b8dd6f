import { isSecretOrRef } from '../secrets/secret.ts'
import type { Problems } from './problems.ts'
import { showValue } from './show-value.ts'

/** One place of a spec that is being read: what stands there, and how a message names it. */
export class Field {
  readonly value: unknown
  readonly #problems: Problems
  readonly #within: Field | undefined
  /** What it holds by name, if it is an object. */
  readonly #members: Readonly<Record<string, unknown>> | undefined
  /** Its name, or its place in a list, in the field that it stands in. Empty for the spec itself. */
  readonly key: string | number

  constructor(value: unknown, problems: Problems, within?: Field, key: string | number = '') {
    this.value = value
    this.#problems = problems
    this.#within = within
    this.#members = isObject(value) ? value : undefined
    this.key = key
  }

  /** `sidecars.proxy.ports[1]`; empty for the spec itself. Put together only when asked for: most fields are never named. */
  get path(): string {
    return this.#within === undefined ? '' : joinPath(this.#within.path, this.key)
  }

  /** The keys that lead to it from the spec; empty for the spec itself. */
  get trail(): readonly (string | number)[] {
    return this.#within === undefined ? [] : [...this.#within.trail, this.key]
  }

  /** Whether something is asked for in the field of that name. */
  has(key: string): boolean {
    return this.#members?.[key] !== undefined
  }

  /** Whether nothing is asked for here. */
  get absent(): boolean {
    return this.value === undefined
  }

  /** The field of that name. Absent where this is no object. */
  at(key: string): Field {
    return new Field(this.#members?.[key], this.#problems, this, key)
  }

  /** What `read` makes of the field of that name. Undefined where nothing is asked for there, which costs no field: most that a spec can have it has not. */
  read<T>(key: string, read: (field: Field) => T): T | undefined {
    const value = this.#members?.[key]
    return value === undefined ? undefined : read(new Field(value, this.#problems, this, key))
  }

  /** The items of a list. Refuses what is none. */
  items(what: string): readonly Field[] {
    if (this.absent) return []
    const list = this.value
    if (!Array.isArray(list)) {
      this.refuse(`${this.shown} is no list; write an array of ${what}`)
      return []
    }
    return Array.from(list, (value, index) => new Field(value, this.#problems, this, index))
  }

  /** The entries of an object by name. Refuses what is none. */
  entries(what: string): readonly (readonly [string, Field])[] {
    if (this.absent || !this.mustBeObject(what)) return []
    return Object.keys(this.value as object).map((key) => [key, this.at(key)])
  }

  /** Whether this is an object with fields. Refuses what is none. */
  mustBeObject(what: string): boolean {
    if (this.#members !== undefined && !isSecretOrRef(this.value)) return true
    this.refuse(`${this.shown} is no object; write ${what}`)
    return false
  }

  /** The names of an object's fields; none where this is no object. */
  keys(): readonly string[] {
    return this.#members === undefined ? [] : Object.keys(this.#members)
  }

  /** Of what a list or an object holds those that are objects or lists themselves: most are not, and need not be looked into. Refuses nothing. */
  branches(): readonly Field[] {
    const { value } = this
    const branches: Field[] = []
    if (typeof value !== 'object' || value === null) return branches
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      const inner: unknown = (value as Readonly<Record<string | number, unknown>>)[key]
      if (typeof inner === 'object' && inner !== null) {
        branches.push(new Field(inner, this.#problems, this, key))
      }
    }
    return branches
  }

  /** The text that stands here; undefined, and refused, where it is none or cannot be carried as it is. */
  text(what: string): string | undefined {
    const { value } = this
    if (typeof value !== 'string') return this.refuse(`${this.shown} is no text; write ${what}`)
    if (value.includes('\0')) return this.refuse('holds a NUL byte, which no cloud can carry; remove it')
    if (!value.isWellFormed()) {
      return this.refuse(
        'holds half a surrogate pair, which no encoding can carry; write well-formed Unicode',
      )
    }
    return value
  }

  /** The text that stands here, and is not empty. */
  filledText(what: string): string | undefined {
    const text = this.text(what)
    return text === '' ? this.refuse(`is empty; write ${what}`) : text
  }

  /** The whole number that stands here, within both ends. */
  wholeNumber(least: number, most: number, what: string): number | undefined {
    const { value } = this
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
    const written = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    const nearest =
      typeof written === 'number' && !Number.isNaN(written)
        ? `; the nearest is ${Math.min(most, Math.max(least, Math.round(written)))}`
        : ''
    const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`
    return this.refuse(`${this.shown} is no ${what}; write a whole number, ${range}${nearest}`)
  }

  /** The truth value that stands here. */
  truth(): boolean | undefined {
    return typeof this.value === 'boolean'
      ? this.value
      : this.refuse(`${this.shown} is neither true nor false; write one of them`)
  }

  /** What `read` makes of it; refused with the message of the RangeError that it throws. */
  parse<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (error instanceof RangeError) return this.refuse(error.message)
      throw error
    }
  }

  /** Notes what is wrong here, with what to do, and the error behind it where there is one. */
  refuse(text: string, cause?: unknown): undefined {
    this.#problems.add(this.path, text, { cause })
  }

  /** Notes that the cloud cannot do this. */
  refuseUnsupported(text: string): undefined {
    this.#problems.add(this.path, text, { code: 'unsupported' })
  }

  /** The value as a message shows it. */
  get shown(): string {
    return showValue(this.value)
  }
}

/** Whether a value is an object with fields of its own. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function joinPath(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${key}]`
  if (!/^[A-Za-z_$][\w$-]*$/.test(key)) return `${path}[${JSON.stringify(key.slice(0, 80))}]`
  return path === '' ? key : `${path}.${key}`
}
