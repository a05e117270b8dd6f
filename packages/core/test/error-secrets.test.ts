import { expect, test } from 'vitest'
import { BerthError, type LogLine, secret } from '../src/index.ts'
import { canary, leaksIn } from './canary.ts'

secret(canary)

function line(text: string): LogLine {
  return { container: 'main', stream: 'stdout', text, bytes: new TextEncoder().encode(text) }
}

test('an error masks what its evidence quotes, the bytes of its lines included', () => {
  const error = new BerthError({
    code: 'exited',
    message: `it said ${canary}`,
    evidence: {
      logs: [line(`PASSWORD=${canary}`), line('ready')],
      events: [{ name: 'exec', message: `sh -c ${canary}`, count: 1, severity: 'normal' }],
      probe: `GET http://somebody:${canary}@127.0.0.1/ answered 503`,
      exitCode: 3,
    },
  })
  expect(
    leaksIn({ error, again: error.with({ provider: 'here', evidence: { left: ['here/one'] } }) }),
  ).toEqual([])
  expect(error.evidence).toMatchObject({
    logs: [{ text: 'PASSWORD=[secret]' }, line('ready')],
    events: [{ message: 'sh -c [secret]' }],
    exitCode: 3,
  })
  expect(new TextDecoder().decode(error.evidence.logs?.[0]?.bytes)).toBe('PASSWORD=[secret]')
})

test('evidence that was not gathered does not hide what is gathered later', () => {
  const error = new BerthError({ code: 'exited', message: 'it ended', evidence: { exitCode: 1 } })
  expect(error.with({ evidence: { logs: [line('late')], probe: 'none' } }).evidence).toEqual({
    exitCode: 1,
    logs: [line('late')],
    probe: 'none',
  })
})

test('an error masks its cause, and the causes of that, where they show a secret', () => {
  const root = Object.assign(new Error(`401 for ${canary}`), { body: `{"auth":"${canary}"}` })
  root.name = 'EngineError'
  const error = new BerthError({
    code: 'image-pull',
    message: 'no',
    cause: new Error('pull', { cause: root }),
  })
  expect(leaksIn({ error, cause: error.cause })).toEqual([])
  expect(error.cause).toMatchObject({
    message: 'pull',
    cause: { name: 'EngineError', message: '401 for [secret]' },
  })
  expect(
    leaksIn({ error: new BerthError({ code: 'internal', message: 'no', cause: { told: canary } }) }),
  ).toEqual([])
})

test('a cause that shows no secret is kept as it is', () => {
  const cause = Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })
  expect(new BerthError({ code: 'unavailable', message: 'no', cause }).cause).toBe(cause)
})
