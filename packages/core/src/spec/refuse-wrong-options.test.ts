import { expect, it } from 'vitest'
import { type OptionForm, refuseWrongOptions } from './refuse-wrong-options.ts'

const FORMS: Readonly<Record<string, OptionForm>> = {
  zone: ['a text', (value) => typeof value === 'string'],
  probes: ['an object', (value) => typeof value === 'object' && value !== null, 'containers'],
}

function refusing(native: unknown): () => void {
  return () => refuseWrongOptions('cloud', native, FORMS, ['main', 'beside'])
}

it('lets through what has its form, and what is left out', () => {
  expect(refusing(undefined)).not.toThrow()
  expect(refusing({ zone: 'a', probes: { beside: {} } })).not.toThrow()
  expect(refusing({ zone: undefined })).not.toThrow()
})

it.each([
  [{ zones: 'a' }, 'options.cloud.zones: there is no such option, but zone, probes'],
  [{ toString: 'a' }, 'options.cloud.toString: there is no such option'],
  [{ zone: 1 }, 'options.cloud.zone must be a text'],
  [{ probes: { other: {} } }, 'options.cloud.probes.other: the run has no such container, but main, beside'],
])('refuses %j', (native, message) => {
  expect(refusing(native)).toThrow(message)
})
