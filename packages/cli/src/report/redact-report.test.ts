import { secret } from '@berth/core'
import { expect, test } from 'vitest'
import { redactReport } from './redact-report.ts'
import { dockerStart } from './testing/sample-records.ts'

test('a secret is masked in every text', () => {
  secret('correct-horse-battery')
  const record = dockerStart({
    image: 'registry/correct-horse-battery:1',
    notes: ['env TOKEN=correct-horse-battery'],
    url: 'http://correct-horse-battery@127.0.0.1/',
  })
  const clean = redactReport(record)
  expect(JSON.stringify(clean)).not.toContain('correct-horse-battery')
  expect(clean.image).toContain('[secret]')
})

test('our own words stay, even where one of them is the secret', () => {
  secret('ready')
  secret('2026')
  const record = dockerStart()
  const clean = redactReport(record)
  expect(clean.status).toBe('ready')
  expect(clean.requestedAt).toBe(record.requestedAt)
  expect(clean.timeline?.marks.at(-1)?.name).toBe('ready')
})
