import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Place } from './run-berth.ts'

const place = new Place()
const emulator = ['emulator', '--backend', 'none']
afterAll(() => place.leave())

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('the emulator prints variables that point at it, until %s', async (signal, code) => {
  const { child, outcome, seen } = place.call([...emulator, '--seed', '5'])
  await seen(/\^C ends it/)
  child.kill(signal)
  const { exitCode, stdout, stderr } = await outcome
  expect(exitCode).toBe(code)
  expect(stdout).toMatch(/^export BERTH_ACI_ENDPOINT='http:\/\/127\.0\.0\.1:\d+'$/m)
  expect(
    stdout
      .trim()
      .split('\n')
      .every((line) => line.startsWith('export ')),
  ).toBe(true)
  expect(stderr).toContain('emulating: instant profile, containers on nothing; seed 5')
  const [, secret = ''] = /^export IDENTITY_HEADER='(\w+)'$/m.exec(stdout) ?? []
  expect(secret).not.toBe('')
  expect(stderr).not.toContain(secret)
})

test('it serves while it runs, as JSON says, and with the faults of a file', async () => {
  const rules = [
    { match: { operation: 'Subscriptions_List' }, effect: { kind: 'error', status: 503, code: 'Busy' } },
  ]
  writeFileSync(join(place.directory, 'faults.json'), JSON.stringify(rules))
  const { child, outcome, seen } = place.call([
    ...emulator,
    '--json',
    '--profile',
    'recorded',
    '--time-scale',
    '10',
    '--faults',
    'faults.json',
  ])
  let stdout = ''
  child.stdout?.on('data', (text) => {
    stdout += text
  })
  await seen(/\n$/)
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({
    backend: 'none',
    seed: expect.any(Number),
    description:
      'recorded profile (aci 2018-2021, n = 2 to 8; ecs 2019-2026, n = 2; kubernetes 2026, n = 1), 10 times faster, containers on nothing',
    environment: { BERTH_ACI_ENDPOINT: document.endpoints.arm },
  })
  const { environment } = document
  const identity = await fetch(
    `${environment.IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=https://management.azure.com`,
    { headers: { 'x-identity-header': environment.IDENTITY_HEADER } },
  )
  const { access_token: token } = (await identity.json()) as { access_token: string }
  const answer = await fetch(`${document.endpoints.arm}/subscriptions?api-version=2022-12-01`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(answer.status).toBe(503)
  child.kill('SIGINT')
  const { exitCode, stdout: all } = await outcome
  expect([exitCode, all.trim().split('\n')]).toEqual([130, [stdout.trim()]])
})

test('berth runs on its cluster with nothing but its environment', async () => {
  const { child, outcome, seen } = place.call([
    'emulator',
    '--json',
    '--services',
    'kubernetes',
    '--backend',
    'process',
  ])
  let stdout = ''
  child.stdout?.on('data', (text) => {
    stdout += text
  })
  await seen(/\n$/)
  const { environment: env } = JSON.parse(stdout)
  const words = ['berth/hello', '--on', 'kubernetes', '-p', '80', '--ready', 'http:/']
  const { exitCode, stderr } = await place.run(['run', ...words, '--detach', '--name', 'web'], { env })
  expect(stderr).toMatch(/ready at http:\/\/127\.0\.0\.1:\d+/)
  expect(exitCode).toBe(0)
  const { document } = await place.json(['ps'], { env })
  expect(JSON.stringify(document)).toContain('"kubernetes/web')
  child.kill('SIGINT')
  expect((await outcome).exitCode).toBe(130)
})

test.each([
  [['--backend', 'vm'], '--backend vm: it is auto, docker, process or none'],
  [['--profile', 'slow'], '--profile slow: it is instant or recorded'],
  [['--time-scale', '0'], 'timeScale is 0'],
  [['--time-scale', 'fast'], '--time-scale fast: it is a number'],
  [['--services', 's3'], 'there is no service s3'],
  [['--faults', 'none.json'], '--faults: none.json cannot be read: there is no such file'],
])('%j is wrong usage', async (words, message) => {
  const { exitCode, stdout, stderr } = await place.run(['emulator', '--backend', 'none', ...words])
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain(message)
})

test.each([
  ['{', 'is no JSON'],
  ['{}', 'holds no list of rules'],
  ['[{"effect":{"kind":"fire"}}]', "a fault's effect.kind is"],
])('a file of faults that says %s is wrong usage', async (text, message) => {
  writeFileSync(join(place.directory, 'wrong.json'), text)
  const { exitCode, stderr } = await place.run([...emulator, '--faults', 'wrong.json'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain(message)
})

test('a port that is taken is told', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { exitCode, stderr } = await place.run([...emulator, '--port', String(port)])
  server.close()
  expect(exitCode).toBe(1)
  expect(stderr).toContain(`port ${port} or one of the next five is taken; choose another: --port`)
})
