import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashToken } from './hash-token.ts'
import { nameGroup } from './name-group.ts'

const slug = (name: string | undefined, image = 'nginx') =>
  nameGroup(name, image, hashToken('token')).replace(/-[0-9a-f]{12}$/, '')

const anyText = fc.string({ unit: 'binary', maxLength: 200 })

describe('nameGroup', () => {
  it.each([
    ['web', 'web'],
    ['My Shop', 'my-shop'],
    ['Café à la crème', 'cafe-a-la-creme'],
    ['3d-view', 'run-3d-view'],
    ['--a--b--', 'a-b'],
    ['ﬁrst', 'first'],
    ['\u{1F6A2}', 'nginx'],
    ['日本', 'nginx'],
    ['', 'nginx'],
    ['../etc/passwd\0', 'etc-passwd'],
    ['a'.repeat(100), 'a'.repeat(37)],
    [`${'a'.repeat(36)}-b`, 'a'.repeat(36)],
    ['9'.repeat(100_000), `run-${'9'.repeat(33)}`],
  ])('makes %j into %s', (name, expected) => {
    expect(slug(name)).toBe(expected)
  })

  it.each([
    ['127.0.0.1:5000/team/Busy_box:1'.toLowerCase(), 'busy-box'],
    [`nginx@sha256:${'0a'.repeat(32)}`, 'nginx'],
    ['7zip', 'run-7zip'],
  ])('takes the last word of %s where there is no name', (image, expected) => {
    expect(slug(undefined, image)).toBe(expected)
  })

  it('is legal everywhere, whatever the name and token', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.stringMatching(/^[\w -]{0,80}$/)), fc.string(), (name, token) => {
        const made = nameGroup(name, 'nginx', hashToken(token))
        expect(made).toMatch(/^[a-z](?:[a-z0-9]|-(?!-))*[a-z0-9]$/)
        expect(made.length).toBeLessThanOrEqual(50)
      }),
      { numRuns: 500 },
    )
  })

  it('is the same for one token, and another for another', () => {
    expect(nameGroup('a', 'nginx', hashToken('token'))).toBe(nameGroup('a', 'nginx', hashToken('token')))
    expect(nameGroup('a', 'nginx', hashToken('token'))).not.toBe(nameGroup('a', 'nginx', hashToken('token2')))
  })
})
