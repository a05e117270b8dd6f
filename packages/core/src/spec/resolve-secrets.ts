import { isSecret, isSecretRef, reveal } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/**
 * Gets the value of every secret of a spec, all at once, so that a secret that cannot be had stops the run before anything is made.
 */
export async function resolveSecrets(spec: Field, adapterName: string): Promise<void> {
  const secrets: Field[] = []
  for (const key of spec.keys()) if (key !== 'options') collectSecrets(spec.at(key), secrets)
  collectSecrets(spec.at('options').at(adapterName), secrets)
  if (secrets.length > 0) await Promise.all(secrets.map(resolve))
}

function collectSecrets(field: Field, into: Field[]): void {
  const { value } = field
  if (isSecret(value)) into.push(field)
  else if (!(value instanceof Uint8Array) && !isSecretRef(value)) {
    for (const member of field.members()) collectSecrets(member, into)
  }
}

async function resolve(field: Field): Promise<void> {
  try {
    if (isSecret(field.value)) await reveal(field.value)
  } catch (error) {
    // Its message may be a vault's own and is not ours to show; it stays the cause.
    field.refuse('the function of this secret failed; see the error’s cause', error)
  }
}
