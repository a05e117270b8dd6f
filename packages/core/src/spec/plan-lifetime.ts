import type { Lifetime } from '../contract/lifetime.ts'
import type { Field } from './field.ts'
import { isObject } from './field.ts'
import { readChoice } from './read-choice.ts'
import { readDuration } from './read-duration.ts'

/** A lifetime, checked, and how long a `maxLifetime` is. */
export interface PlannedLifetime {
  readonly lifetime: Lifetime
  readonly maxLifetimeInMs: number | undefined
}

/** What it is by default. */
export const SCOPE: PlannedLifetime = { lifetime: 'scope', maxLifetimeInMs: undefined }

/** The lifetime of a run. */
export function planLifetime(field: Field): PlannedLifetime {
  if (!isObject(field.value)) {
    const lifetime = typeof field.value === 'string' ? readChoice(field, ['scope', 'keep']) : refuse(field)
    return lifetime === undefined ? SCOPE : { lifetime, maxLifetimeInMs: undefined }
  }
  if (!field.mustBeObject("'scope', 'keep', { lease: '10m' } or { maxLifetime: '1h' }")) return SCOPE
  const isLease = field.has('lease')
  if (isLease === field.has('maxLifetime')) {
    field.refuse("must have either lease or maxLifetime; write { lease: '10m' } or { maxLifetime: '1h' }")
    return SCOPE
  }
  const inMs = readDuration(field.at(isLease ? 'lease' : 'maxLifetime'), 1)
  if (inMs === undefined) return SCOPE
  return isLease
    ? { lifetime: { lease: inMs }, maxLifetimeInMs: undefined }
    : { lifetime: { maxLifetime: inMs }, maxLifetimeInMs: inMs }
}

function refuse(field: Field): undefined {
  return field.refuse(
    `${field.shown} is no lifetime; write 'scope', 'keep', { lease: '10m' } or { maxLifetime: '1h' }`,
  )
}
