import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseImageReference } from './image-reference.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('parseImageReference', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.29', 'docker.io/library/nginx:1.29'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx:latest'],
    ['grafana/grafana', 'docker.io/grafana/grafana:latest'],
    ['127.0.0.1:5000/nginx:1', '127.0.0.1:5000/nginx:1'],
    ['localhost/a/b', 'localhost/a/b:latest'],
    ['[::1]:5000/a', '[::1]:5000/a:latest'],
    ['ghcr.io/a/b-c__d/e.f', 'ghcr.io/a/b-c__d/e.f:latest'],
    ['Host/a', 'Host/a:latest'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`quay.io/a:1@${digest}`, `quay.io/a:1@${digest}`],
  ])('reads %s', (text, canonical) => {
    const reference = parseImageReference(text)
    expect(reference.canonical).toBe(canonical)
    expect(parseImageReference(canonical)).toEqual(reference)
  })

  it('gives the parts', () => {
    expect(parseImageReference(`127.0.0.1:5000/team/app:2@${digest}`)).toEqual({
      registry: '127.0.0.1:5000',
      repository: 'team/app',
      tag: '2',
      digest,
      name: '127.0.0.1:5000/team/app',
      canonical: `127.0.0.1:5000/team/app:2@${digest}`,
    })
  })

  it.each([
    '',
    ':1',
    'Nginx',
    'a//b',
    '/a',
    'a/',
    'a:',
    'a:b:c',
    'a b',
    'a@b',
    `a@${digest}@${digest}`,
    '../a',
    'a/../b',
    'a:-x',
    'f'.repeat(64),
    `${'a/'.repeat(130)}a`,
    '-x.y/a',
    'nginx?x=1',
    'a.b/',
  ])('refuses %s', (text) => {
    expect(() => parseImageReference(text)).toThrow(TypeError)
  })

  it('never takes what it would read differently again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9.:/@_-]{1,40}$/), (text) => {
        let canonical: string
        try {
          canonical = parseImageReference(text).canonical
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError)
          return
        }
        expect(parseImageReference(canonical).canonical).toBe(canonical)
      }),
      { numRuns: 2000 },
    )
  })
})
