import { isSecret, isSecretRef, reveal } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/**
 * Gets the value of every secret of a spec, all at once, so that a secret that cannot be had stops the run before anything is made.
 */
export async function resolveSecrets(spec: Field, adapterName: string): Promise<void> {
  const fields = spec.members().filter(({ path }) => path !== 'options')
  await Promise.all([...fields, spec.at('options').at(adapterName)].map((field) => resolve(field)))
}

async function resolve(field: Field): Promise<void> {
  const { value } = field
  if (isSecret(value)) {
    try {
      await reveal(value)
    } catch (error) {
      // Its message may be a vault's own and is not ours to show; it stays the cause.
      field.refuse('the function of this secret failed; see the error’s cause', error)
    }
  } else if (!(value instanceof Uint8Array) && !isSecretRef(value)) {
    await Promise.all(field.members().map((member) => resolve(member)))
  }
}
