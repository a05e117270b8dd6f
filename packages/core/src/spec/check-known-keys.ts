import type { Probe } from '../contract/probe.ts'
import { isSecretOrRef } from '../secrets/secret.ts'
import { Field, isObject } from './field.ts'
import { findSecrets } from './find-secrets.ts'
import { nearestName } from './nearest-name.ts'
import { Problems } from './problems.ts'
import { FOREIGN_NAMES, PROBE_KEYS, type Shape, SPEC_SHAPE } from './spec-shape.ts'

/**
 * Throws `invalid-spec` where a spec holds a key that no spec has, at any depth, with the nearest one that there is; TypeError where it is
 * no object at all.
 */
export function refuseUnknownKeys(spec: unknown): void {
  mustBeSpec(spec)
  const problems = new Problems()
  const field = new Field(spec, problems)
  // It could not be read to its end else.
  findSecrets(field)
  problems.throwIfAny('the spec')
  checkKnownKeys(field)
  problems.throwIfAny('the spec')
}

/** Throws TypeError for what is no spec at all. */
export function mustBeSpec(spec: unknown): asserts spec is Readonly<Record<string, unknown>> {
  if (isObject(spec) && !isSecretOrRef(spec)) return
  const given = spec === null ? 'null' : Array.isArray(spec) ? 'an array' : `a ${typeof spec}`
  throw new TypeError(
    `a container spec must be an object such as { image: 'nginx:1', ports: [80] }, not ${given}`,
  )
}

/** Refuses every key that does not belong where it stands, at any depth. */
export function checkKnownKeys(field: Field, shape: Shape = SPEC_SHAPE): void {
  if (shape.kind === 'any') return
  if (shape.kind === 'list') {
    if (Array.isArray(field.value)) for (const item of field.branches()) checkKnownKeys(item, shape.of)
    return
  }
  if (!hasKeys(field.value)) return
  if (shape.kind === 'record') {
    for (const branch of field.branches()) checkKnownKeys(branch, shape.of)
  } else if (shape.kind === 'object') {
    for (const key of Object.keys(field.value)) {
      const inner = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined
      if (inner === undefined) refuseKey(field, key, Object.keys(shape.keys))
      else if (inner.kind !== 'any') checkKnownKeys(field.at(key), inner)
    }
  } else {
    checkProbeKeys(field, field.value)
  }
}

function checkProbeKeys(field: Field, probe: Readonly<Record<string, unknown>>): void {
  if (!isProbeKind(probe.kind)) return
  const known: readonly string[] = PROBE_KEYS[probe.kind]
  for (const key of Object.keys(probe)) if (!known.includes(key)) refuseKey(field, key, known)
  checkKnownKeys(field.at('probes'), { kind: 'list', of: { kind: 'probe' } })
}

/** Whether a value names a kind of probe. */
export function isProbeKind(kind: unknown): kind is Probe['kind'] {
  return typeof kind === 'string' && Object.hasOwn(PROBE_KEYS, kind)
}

function refuseKey(field: Field, key: string, known: readonly string[]): void {
  const foreign = FOREIGN_NAMES.get(key.toLowerCase().replace(/[_-]/g, ''))
  const meant = nearestName(key, known) ?? known.find((name) => name === foreign)
  field
    .at(key)
    .refuse(
      `is no field ${field.path === '' ? 'of a container spec' : `of ${field.path}`}; ${meant === undefined ? `there are ${known.join(', ')}` : `did you mean '${meant}'?`}`,
    )
}

function hasKeys(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !isSecretOrRef(value) && !(value instanceof Uint8Array)
}
