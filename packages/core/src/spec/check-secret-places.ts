import { isSecret } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/**
 * Refuses secrets where a cloud would show them: in a command, a label, a name. An adapter's own options may hold them; it knows its
 * secret fields.
 */
export function checkSecretPlaces(found: readonly Field[]): void {
  for (const field of found) {
    const keys = field.trail
    const kind = isSecret(field.value) ? 'secret' : 'secretRef'
    if (keys[0] === 'options' || mayStand(kind, keys)) continue
    field.refuse(
      kind === 'secret'
        ? 'a secret cannot stand here, where it would show; secrets may stand in values of env, contents of files, registry.password and options of volumes'
        : 'a secretRef cannot stand here; it may stand in values of env',
    )
  }
}

function mayStand(kind: 'secret' | 'secretRef', keys: readonly (string | number)[]): boolean {
  const inPart = keys[0] === 'sidecars' || keys[0] === 'initContainers' ? keys.slice(2) : keys
  const [first, second, third] = inPart
  const depth = inPart.length
  if (first === 'env') return depth === 2
  if (kind === 'secretRef') return false
  if (first === 'files') return depth === 2 || (depth === 3 && third === 'content')
  if (first === 'registry') return depth === 2 && second === 'password'
  return first === 'volumes' && depth === 4 && third === 'options'
}
