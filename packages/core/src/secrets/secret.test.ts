import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { BerthError } from '../errors/berth-error.ts'
import { redact } from './redact.ts'
import { isSecret, isSecretRef, reveal, secret, secretRef } from './secret.ts'

const VALUE = 'p4ss "word"/with+odd=bytes%ü'

test('a secret shows itself nowhere', () => {
  const hidden = secret(VALUE)
  const shown = [
    String(hidden),
    `${hidden}`,
    JSON.stringify({ hidden }),
    inspect({ hidden }, { depth: 10, showHidden: true }),
    inspect(hidden, { customInspect: false, showHidden: true }),
    Object.keys(hidden).join(),
  ].join('\n')
  expect(shown).not.toContain('p4ss')
  expect(isSecret(hidden)).toBe(true)
  expect(isSecret('p4ss')).toBe(false)
})

test('its value is had by reveal only', async () => {
  expect(await reveal(secret(VALUE))).toBe(VALUE)
})

test('a function gives the value once, just before it is needed, and again after it failed', async () => {
  let calls = 0
  const hidden = secret(async () => {
    calls += 1
    if (calls === 1) throw new Error('the vault is closed')
    return 'from-the-vault-93'
  })
  expect(calls).toBe(0)
  await expect(reveal(hidden)).rejects.toThrow('the vault is closed')
  expect(await reveal(hidden)).toBe('from-the-vault-93')
  expect(await reveal(hidden)).toBe('from-the-vault-93')
  expect(calls).toBe(2)
  expect(redact('told: from-the-vault-93')).toBe('told: [secret]')
})

test('every form of a known secret is masked in a text', () => {
  secret(VALUE)
  const base64 = Buffer.from(VALUE).toString('base64')
  for (const form of [
    VALUE,
    JSON.stringify(VALUE),
    encodeURIComponent(VALUE),
    base64,
    base64.replace(/=+$/, ''),
  ]) {
    expect(redact(`before ${form} after`)).toMatch(/^before "?\[secret\]=*"? after$/)
  }
})

test('an error never carries a secret in its message or its JSON', () => {
  secret(VALUE)
  const line = {
    container: 'main',
    stream: 'stdout',
    text: `using ${VALUE}`,
    bytes: Buffer.from(VALUE),
  } as const
  const error = new BerthError({
    code: 'internal',
    message: `could not use ${VALUE}`,
    evidence: { logs: [line] },
  })
  expect(error.message).toBe('could not use [secret]')
  expect(JSON.stringify(error)).not.toContain('p4ss')
})

test('a reference to a cloud’s own secret is no secret', () => {
  const reference = secretRef('arn:aws:secretsmanager:eu-west-1:1:secret:db')
  expect(isSecretRef(reference)).toBe(true)
  expect(isSecret(reference)).toBe(false)
  expect(reference.reference).toContain('secret:db')
})
