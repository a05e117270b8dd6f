import type { Capabilities } from '../contract/capabilities.ts'
import type { Field } from './field.ts'
import { FOREIGN_VALUES, KNOWN_VALUES } from './known-values.ts'
import { nearestName } from './nearest-name.ts'
import { showList } from './show-value.ts'

/** A value of a listed feature. Refuses one that no cloud has, and one that this cloud has not, each with those that it has. */
export function readFeature<F extends keyof typeof KNOWN_VALUES>(
  field: Field,
  feature: F,
  capabilities: Capabilities,
): (typeof KNOWN_VALUES)[F][number] | undefined {
  type Value = (typeof KNOWN_VALUES)[F][number]
  const known: readonly Value[] = KNOWN_VALUES[feature]
  const supported: readonly string[] = capabilities[feature] ?? []
  const value = known.find((candidate) => candidate === field.value)
  if (value === undefined)
    return refuseChoice(
      field,
      known.filter((candidate) => supported.includes(candidate)),
    )
  if (supported.includes(value)) return value
  return field.refuseUnsupported(
    `${capabilities.name} does not support ${field.shown}; it supports ${showList(supported)}`,
  )
}

/** One of the values. Refuses any other. */
export function readChoice<const V extends string>(field: Field, values: readonly V[]): V | undefined {
  return values.find((candidate) => candidate === field.value) ?? refuseChoice(field, values)
}

function refuseChoice(field: Field, values: readonly string[]): undefined {
  const text = typeof field.value === 'string' ? field.value : ''
  const foreign = FOREIGN_VALUES.get(text.toLowerCase())
  const meant = values.find((value) => value === foreign) ?? nearestName(text, values)
  return field.refuse(
    `${field.shown} is none of ${showList(values)}${meant === undefined ? '' : `; did you mean '${meant}'?`}`,
  )
}
