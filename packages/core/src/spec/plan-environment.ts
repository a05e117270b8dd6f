import type { PlannedContainer } from '../contract/group-plan.ts'
import { isSecret, isSecretRef } from '../secrets/secret.ts'
import type { Field } from './field.ts'
import type { PlanContext } from './plan-context.ts'

type EnvironmentValue = PlannedContainer['env'][string]

/** The environment of one container, value by value as it was written. No message shows a value: it may be a secret that nobody marked. */
export function planEnvironment(field: Field, context: PlanContext): PlannedContainer['env'] {
  const planned: [string, EnvironmentValue][] = []
  for (const [name, value] of field.entries("variables by name: { PORT: '8080' }")) {
    if (name === '') value.refuse('has an empty name; give the variable a name')
    else if (/[=\0]/.test(name)) value.refuse("has '=' or a NUL byte in its name; no process could read it")
    else if (!name.isWellFormed())
      value.refuse('has half a surrogate pair in its name; write well-formed Unicode')
    const read = readValue(value, context)
    if (read !== undefined) planned.push([name, read])
  }
  return Object.fromEntries(planned)
}

function readValue(field: Field, { capabilities }: PlanContext): EnvironmentValue | undefined {
  const { value } = field
  if (isSecret(value)) {
    if (capabilities.secretEnv !== 'reference') return value
    return field.refuseUnsupported(
      `${capabilities.name} would show a secret that is given by its value; put it into the cloud's own store of secrets, and write secretRef() with its name there`,
    )
  }
  if (isSecretRef(value)) {
    if (typeof value.reference !== 'string' || value.reference === '') {
      return field.refuse(
        'is a secretRef without a name; write secretRef() with the name of a secret in the cloud’s store',
      )
    }
    if (capabilities.secretRef) return value
    return field.refuseUnsupported(
      `${capabilities.name} does not support secretRef: it has no store of secrets; use secret() with a value or a function that gets it`,
    )
  }
  if (typeof value === 'string') return field.text('a text')
  if (value === undefined || value === null) return field.refuse(`is ${value}; leave it out, or write a text`)
  if (typeof value === 'number' || typeof value === 'boolean') {
    return field.refuse(`is a ${typeof value}; environment variables are texts, so put it in quotes`)
  }
  return field.refuse('is no text; write a text, secret() or secretRef()')
}
