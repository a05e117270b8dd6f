import { isSecret, reveal } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/**
 * Gets the value of every secret of a spec, all at once, so that a secret that cannot be had stops the run before anything is made.
 */
export async function resolveSecrets(found: readonly Field[]): Promise<void> {
  await Promise.all(found.map(resolve))
}

async function resolve(field: Field): Promise<void> {
  try {
    if (isSecret(field.value)) await reveal(field.value)
  } catch (error) {
    // Its message may be a vault's own and is not ours to show; it stays the cause.
    field.refuse('the function of this secret failed; see the error’s cause', error)
  }
}
