import { isSecret } from '../secrets/secret.ts'
import type { Field } from './field.ts'

/** Deeper than anybody writes by hand. */
const DEEPEST = 64

/** Refuses a spec that holds itself. Of its `options` those of one adapter are looked into: the others' are not read. Whether all is well. */
export function checkSpecNesting(spec: Field, adapterName?: string): boolean {
  return (
    spec.keys().every((key) => key === 'options' || checkNesting(spec.at(key), [spec.value])) &&
    (adapterName === undefined || checkNesting(spec.at('options').at(adapterName), []))
  )
}

/** Refuses a value that holds itself or is nested without measure: it could be neither read to its end nor hashed. Whether all is well. */
function checkNesting(field: Field, ancestors: readonly unknown[]): boolean {
  const { value } = field
  if (typeof value !== 'object' || value === null || isSecret(value) || value instanceof Uint8Array)
    return true
  if (ancestors.includes(value)) {
    field.refuse('holds itself; write plain data')
    return false
  }
  if (ancestors.length >= DEEPEST) {
    field.refuse(`is nested more than ${DEEPEST} deep; write it flatter`)
    return false
  }
  const inner = [...ancestors, value]
  return field.members().every((member) => checkNesting(member, inner))
}
