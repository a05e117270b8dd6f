import { expect, test } from 'vitest'
import { parseExpiresTag } from './lifetime-tags.ts'
import { readOwnershipTags } from './read-ownership-tags.ts'

const whole = {
  'berth-run': 'web-1',
  'berth-owner': 'a.b.c',
  'berth-expires': '1795674671',
  'berth-token': 'f00',
  'berth-spec': 'ba5',
  'berth-lifetime': 'scope',
}

test('takes the tags of ownership, and nothing else', () => {
  expect(readOwnershipTags({ ...whole, 'berth-role': 'main', team: 'blue' })).toEqual(whole)
})

test('what is not ours has none', () => {
  expect(readOwnershipTags(null)).toBeUndefined()
  expect(readOwnershipTags({ 'berth-runx': 'x', 'berth-expires': '1' })).toBeUndefined()
  expect(readOwnershipTags({ ...whole, 'berth-run': '' })).toBeUndefined()
})

test('one that has lost its end is ours and never expires', () => {
  const tags = readOwnershipTags({ 'berth-run': 'web-1' })
  expect(tags && parseExpiresTag(tags['berth-expires'])).toBeNull()
})
