import { isSecretOrRef } from '../secrets/secret.ts'

/** Deeper than a spec may be: what is below is refused, not read. */
const DEEPEST = 100

/**
 * A spec as it is now: what the caller makes of its object afterwards is not seen in it. Lists and plain objects are copied; bytes,
 * secrets and what else is made by a class are the caller's own.
 */
export function copySpec<T>(spec: T): T {
  return copy(spec, new Map(), 0) as T
}

function copy(value: unknown, copies: Map<object, unknown>, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value
  // One that holds itself does so in the copy too, where it is refused.
  const copied = copies.get(value)
  if (copied !== undefined) return copied
  if (Array.isArray(value)) {
    const list: unknown[] = []
    copies.set(value, list)
    for (const item of value) list.push(copy(item, copies, depth + 1))
    return list
  }
  if (!isPlain(value) || isSecretOrRef(value)) return value
  const object: Record<string, unknown> = {}
  copies.set(value, object)
  for (const key of Object.keys(value)) set(object, key, copy(value[key], copies, depth + 1))
  return object
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Assigning `__proto__` would not make it a key. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
  } else object[key] = value
}
