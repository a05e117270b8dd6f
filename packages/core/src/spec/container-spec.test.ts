import { expect, it } from 'vitest'
import { BerthError } from '../errors/berth-error.ts'
import { containerSpec } from './container-spec.ts'

it('gives back the very spec', () => {
  const spec = { image: 'nginx', ports: [80], options: { anything: { goes: true } } }
  expect(containerSpec(spec)).toBe(spec)
})

it('refuses a key that no spec has, at any depth, where the compiler could not', () => {
  const parsed = JSON.parse('{ "image": "a", "sidecars": { "b": { "image": "b", "prots": [80] } } }')
  const refuse = () => containerSpec(parsed)
  expect(refuse).toThrow(BerthError)
  expect(refuse).toThrow(
    "the spec is refused: sidecars.b.prots: is no field of sidecars.b; did you mean 'ports'?",
  )
})

it('throws TypeError for what is no spec', () => {
  expect(() => containerSpec(JSON.parse('null'))).toThrow(TypeError)
})
