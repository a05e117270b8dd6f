import { isSecret, isSecretRef } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/** A secret, or the name of one, where a spec holds it. */
export interface FoundSecret {
  readonly field: Field
  /** The keys that lead to it from the spec; a list's items are `0`. */
  readonly keys: readonly string[]
}

/** All secrets of a spec. Of its `options` those of its own adapter: the others' are not read. */
export function findSecrets(spec: Field, adapterName: string): readonly FoundSecret[] {
  const found: FoundSecret[] = []
  for (const key of spec.keys()) if (key !== 'options') collect(spec.at(key), [key], found)
  collect(spec.at('options').at(adapterName), ['options', adapterName], found)
  return found
}

function collect(field: Field, keys: readonly string[], found: FoundSecret[]): void {
  const { value } = field
  if (typeof value !== 'object' || value === null) return
  if (isSecret(value) || isSecretRef(value)) found.push({ field, keys })
  else if (Array.isArray(value)) {
    for (const item of field.items('')) collect(item, [...keys, '0'], found)
  } else if (!(value instanceof Uint8Array)) {
    for (const key of field.keys()) collect(field.at(key), [...keys, key], found)
  }
}
