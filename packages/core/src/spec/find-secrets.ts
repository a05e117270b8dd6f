import { isSecretOrRef } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/** Deeper than anybody writes by hand. */
const DEEPEST = 64

/**
 * Reads a spec to its end, once, and gives the fields that hold a secret or the name of one. Refuses what has no end: a value that holds
 * itself, or is nested without measure, could be neither checked nor hashed. Of its `options` those of one adapter are read.
 */
export function findSecrets(spec: Field, adapterName?: string): readonly Field[] {
  const found: Field[] = []
  const parts = spec.branches().filter(({ key }) => key !== 'options')
  const own = spec.read('options', (options) => options.branches().filter(({ key }) => key === adapterName))
  // One refusal is enough: what has no end may be met again anywhere.
  for (const part of [...parts, ...(own ?? [])]) if (!search(part, [spec.value], found)) break
  return found
}

/** Adds what it finds. Whether it has come to the end. */
function search(field: Field, ancestors: unknown[], found: Field[]): boolean {
  const { value } = field
  if (value instanceof Uint8Array) return true
  if (isSecretOrRef(value)) {
    found.push(field)
    return true
  }
  if (ancestors.includes(value)) {
    field.refuse('holds itself; write plain data')
    return false
  }
  if (ancestors.length > DEEPEST) {
    field.refuse(`is nested more than ${DEEPEST} deep; write it flatter`)
    return false
  }
  ancestors.push(value)
  const isEnded = field.branches().every((branch) => search(branch, ancestors, found))
  ancestors.pop()
  return isEnded
}
