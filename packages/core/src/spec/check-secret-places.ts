import { isSecret, isSecretRef } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/**
 * Refuses secrets where a cloud would show them: in a command, a label, a name. An adapter's own options may hold them; it knows its
 * secret fields.
 */
export function checkSecretPlaces(spec: Field): void {
  for (const key of spec.keys()) if (key !== 'options') walk(spec.at(key), [key])
}

function walk(field: Field, keys: readonly string[]): void {
  const { value } = field
  if (isSecret(value)) {
    if (!mayStand('secret', keys)) {
      field.refuse(
        'a secret cannot stand here, where it would show; secrets may stand in values of env, contents of files, registry.password and options of volumes',
      )
    }
  } else if (isSecretRef(value)) {
    if (!mayStand('secretRef', keys))
      field.refuse('a secretRef cannot stand here; it may stand in values of env')
  } else if (Array.isArray(value)) {
    for (const item of field.items('')) walk(item, [...keys, '0'])
  } else if (!(value instanceof Uint8Array)) {
    for (const key of field.keys()) walk(field.at(key), [...keys, key])
  }
}

function mayStand(kind: 'secret' | 'secretRef', keys: readonly string[]): boolean {
  const inPart = keys[0] === 'sidecars' || keys[0] === 'initContainers' ? keys.slice(2) : keys
  const [first, second, third] = inPart
  const depth = inPart.length
  if (first === 'env') return depth === 2
  if (kind === 'secretRef') return false
  if (first === 'files') return depth === 2 || (depth === 3 && third === 'content')
  if (first === 'registry') return depth === 2 && second === 'password'
  return first === 'volumes' && depth === 4 && third === 'options'
}
