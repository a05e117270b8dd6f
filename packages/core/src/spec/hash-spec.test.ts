import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plan } from '../../test/spec/problems-of.ts'
import { engineData } from '../../test/types/invented-clouds.ts'
import { secret, secretRef } from '../secrets/secret.ts'
import { hashSpec } from './hash-spec.ts'

const hashOf = async (spec: object, token?: string) =>
  (await plan({ image: 'nginx', ...spec }, engineData, token)).tags['berth-spec']

describe('the hash of a spec', () => {
  it.each([
    [{ ports: [80] }, { ports: [{ port: 80, protocol: 'tcp' }] }],
    [{ memory: '1Gi' }, { memory: 2 ** 30 }],
    [{ stopGrace: '10s' }, {}],
    [{ env: { A: '1', B: '2' } }, { env: { B: '2', A: '1' } }],
    [{ options: { engine: { a: { b: 1, c: [2] } } } }, { options: { engine: { a: { c: [2], b: 1 } } } }],
    [{ env: { A: secret('hunter22') } }, { env: { A: secret(async () => 'hunter22') } }],
    [{ user: 1_000 }, { user: '1000' }],
    [{ restart: undefined }, {}],
  ])('is the same for %j and %j', async (a, b) => {
    expect(await hashOf(a)).toBe(await hashOf(b))
  })

  it.each([
    [{ command: ['a b'] }, { command: ['a', 'b'] }],
    [{ command: ['a'] }, { args: ['a'] }],
    [{ args: [] }, {}],
    [{ env: { A: 'b' } }, { env: { A: secret('b') } }],
    [{ env: { A: secret('hunter22') } }, { env: { A: secret('hunter23') } }],
    [{ env: { A: secret('a'), B: secret('bc') } }, { env: { A: secret('ab'), B: secret('c') } }],
    [
      { options: { engine: { a: [secret('hunter22'), 'b'] } } },
      { options: { engine: { a: ['b', secret('hunter22')] } } },
    ],
    [{ files: { '/a': 'b' } }, { files: { '/a': new Uint8Array([98]) } }],
    [{ ready: { kind: 'log', pattern: 'a' } }, { ready: { kind: 'log', pattern: /a/ } }],
    [{ ready: { kind: 'log', pattern: /a/ } }, { ready: { kind: 'log', pattern: /a/i } }],
    [{ lifetime: 'keep' }, {}],
    [{ name: 'a' }, { name: 'A' }],
    [{ labels: { a: 'b' } }, { labels: { a: 'c' } }],
    [{ options: { engine: { a: new Date(1) } } }, { options: { engine: { a: new Date(2) } } }],
    [
      { options: { engine: { a: new Map([['b', 1]]) } } },
      { options: { engine: { a: new Map([['b', 2]]) } } },
    ],
    [{ options: { engine: { a: 1 } } }, { options: { engine: { a: '1' } } }],
    [{ options: { engine: { a: null } } }, { options: { engine: {} } }],
  ])('differs between %j and %j', async (a, b) => {
    expect(await hashOf(a)).not.toBe(await hashOf(b))
  })

  it('tells a secret’s reference from another', async () => {
    expect(await hashSpec(secretRef('a'), 't')).not.toBe(await hashSpec(secretRef('b'), 't'))
  })

  it('is the same in another process', async () => {
    const script = `
      const { hashSpec } = await import(${JSON.stringify(fileURLToPath(new URL('./hash-spec.ts', import.meta.url)))})
      const { secret } = await import(${JSON.stringify(fileURLToPath(new URL('../secrets/secret.ts', import.meta.url)))})
      process.stdout.write(await hashSpec({ b: secret('hunter22'), a: ['x'] }, 'token'))`
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--experimental-strip-types',
      '--no-warnings',
      '--input-type=module',
      '--eval',
      script,
    ])
    expect(stdout).toBe(await hashSpec({ a: ['x'], b: secret('hunter22') }, 'token'))
  })

  it('tells a secret neither by itself nor without the token', async () => {
    const asked = { a: secret('1234') }
    const hash = await hashSpec(asked, 'token')
    expect(hash).toMatch(/^[0-9a-f]{32}$/)
    expect(hash).not.toBe(await hashSpec(asked, 'another'))
    expect(hash).not.toContain(createHash('sha256').update('1234').digest('hex').slice(0, 8))
  })

  it('needs no token to be stable where there is no secret', async () => {
    expect(await hashSpec({ a: 1 }, 'x')).toBe(await hashSpec({ a: 1 }, 'y'))
  })

  it('differs wherever the canonical JSON differs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (a, b) => {
        const same = (await hashSpec({ value: a }, 't')) === (await hashSpec({ value: b }, 't'))
        expect(same).toBe(canonical(a) === canonical(b))
      }),
    )
  })
})

/** JSON with sorted keys. Minus zero is zero in JSON and in every cloud's API. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join(',')}}`
}
