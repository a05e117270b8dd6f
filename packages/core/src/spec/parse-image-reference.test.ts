import { describe, expect, it } from 'vitest'
import { parseImageReference } from './parse-image-reference.ts'

const digest = `sha256:${'0a'.repeat(32)}`

describe('parseImageReference', () => {
  it.each([
    ['nginx', { repository: 'nginx' }],
    ['nginx:1.27-alpine', { repository: 'nginx', tag: '1.27-alpine' }],
    ['team/app:1', { repository: 'team/app', tag: '1' }],
    ['127.0.0.1:5000/nginx:1', { registry: '127.0.0.1:5000', repository: 'nginx', tag: '1' }],
    ['localhost/a', { registry: 'localhost', repository: 'a' }],
    ['[::1]:5000/a/b', { registry: '[::1]:5000', repository: 'a/b' }],
    [
      'Registry.Example/team/a_b.c--d:x',
      { registry: 'Registry.Example', repository: 'team/a_b.c--d', tag: 'x' },
    ],
    [`nginx@${digest}`, { repository: 'nginx', digest }],
    [`a.example/b:1@${digest}`, { registry: 'a.example', repository: 'b', tag: '1', digest }],
  ])('takes %s apart', (image, parts) => {
    expect(parseImageReference(image)).toEqual({
      registry: undefined,
      tag: undefined,
      digest: undefined,
      ...parts,
    })
  })

  it.each([
    ['', "write the image to run, such as 'nginx:1'"],
    ['  ', 'is empty'],
    ['nginx :1', "holds white space; did you mean 'nginx:1'?"],
    ['Nginx', "names are in lower case: 'nginx'"],
    ['ghcr.io/Team/App:1', "names are in lower case: 'ghcr.io/team/app:1'"],
    ['https://ghcr.io/a', "an image's name has no scheme: 'ghcr.io/a'"],
    ['nginx:', "'' is no tag"],
    ['nginx:-a', "'-a' is no tag"],
    ['a//b', "'a//b' is no repository; write lower-case letters and digits"],
    ['/a', 'is no repository'],
    ['a/', 'is no repository'],
    ['a..b', 'is no repository'],
    ['-.example/a', "'-.example' is no registry; write host or host:port before the first slash"],
    ['a@sha256:12', 'has no valid digest; write …@sha256: and 64 hexadecimal digits'],
    ['naïve', 'is no repository'],
    ['a\0b', 'is no repository'],
  ])('refuses %j', (image, text) => {
    expect(() => parseImageReference(image)).toThrow(RangeError)
    expect(() => parseImageReference(image)).toThrow(text)
  })
})
