import { expect, it } from 'vitest'
import { secret, secretRef } from '../secrets/secret.ts'
import { copySpec } from './copy-spec.ts'

it('copies lists and plain objects, however deep', () => {
  const spec = { ports: [80, { port: 81 }], env: JSON.parse('{"__proto__":"x","A":"b"}') }
  const copy = copySpec(spec)
  expect(copy).toEqual(spec)
  expect(Object.keys(copy.env)).toEqual(['__proto__', 'A'])
  expect(copy.ports).not.toBe(spec.ports)
  expect(copy.ports[1]).not.toBe(spec.ports[1])
})

it('leaves bytes, secrets and what a class made as they are', () => {
  const spec = { bytes: new Uint8Array(3), key: secret('k'), name: secretRef('n'), since: new Date(0) }
  const copy = copySpec(spec)
  for (const key of ['bytes', 'key', 'name', 'since'] as const) expect(copy[key]).toBe(spec[key])
})

it('ends with what has no end', () => {
  const spec: { self?: unknown; twins?: unknown } = {}
  spec.self = spec
  spec.twins = [spec, spec]
  const copy = copySpec(spec)
  expect(copy.self).toBe(copy)
  let deep: unknown = 0
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
  expect(copySpec(deep)).toHaveLength(1)
})

it.each([undefined, null, 'nginx', 7])('gives %j back', (value) => {
  expect(copySpec(value)).toBe(value)
})
