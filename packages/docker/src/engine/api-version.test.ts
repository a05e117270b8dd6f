import { expect, it } from 'vitest'
import { chooseApiVersion, newestApiVersion } from './api-version.ts'

it.each([
  ['1.41', '1.41'],
  ['1.24', '1.24'],
  ['1.52', newestApiVersion],
  ['1.100', newestApiVersion],
  ['2.0', newestApiVersion],
  [null, null],
  ['?', null],
])('with an engine that offers %s speaks %s', (offered, expected) => {
  expect(chooseApiVersion(offered)).toBe(expected)
})

it('refuses engines older than it can speak with', () => {
  expect(() => chooseApiVersion('1.9')).toThrow('update the engine')
})
