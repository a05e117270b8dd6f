import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { findCanary, newCanary, searchForCanary } from './canary.mjs'
import { tee } from './tee-step.mjs'

const scratch = mkdtempSync(join(tmpdir(), 'canary-test-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const canaries = {
  random: newCanary(),
  hard: `${newCanary()} "<ä🚢>" & 'q?=/+\n\\${randomBytes(4).toString('hex')}`,
}

/** How a secret has been seen to get out, each as a text that holds it. */
const leaks = {
  raw: (canary) => `password=${canary};`,
  'raw, in colour': (canary) => `\u001b[31m${canary.slice(0, 9)}\u001b[39m${canary.slice(9)}`,
  JSON: (canary) => JSON.stringify({ password: canary }),
  'JSON in JSON': (canary) => JSON.stringify({ log: JSON.stringify({ password: canary }) }),
  'JSON in ASCII': (canary) =>
    `"${canary.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`,
  'a URL': (canary) => `https://somebody:${encodeURIComponent(canary)}@registry.example/`,
  'a form': (canary) => new URLSearchParams({ password: canary }).toString(),
  'a URL in full': (canary) =>
    [...Buffer.from(canary)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  HTML: (canary) =>
    `<td>${canary.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</td>`,
  'base64 at 0': (canary) => Buffer.from(`${canary}, and more`).toString('base64'),
  'base64 at 1': (canary) => Buffer.from(`:${canary}`).toString('base64'),
  'base64 at 2': (canary) => Buffer.from(`u:${canary}\n`).toString('base64'),
  'base64 of JSON': (canary) =>
    Buffer.from(JSON.stringify({ username: 'u', password: canary })).toString('base64'),
  base64url: (canary) => Buffer.from(`user:${canary}`).toString('base64url'),
  hex: (canary) => Buffer.from(`line with ${canary}`).toString('hex'),
  'hex in capitals': (canary) => Buffer.from(canary).toString('hex').toUpperCase(),
  'a buffer, cut short': (canary) => inspect({ bytes: Buffer.from(`password is ${canary}`) }),
  bytes: (canary) => inspect({ bytes: new TextEncoder().encode(canary) }, { maxArrayLength: 1_000 }),
  'bytes in JSON': (canary) => JSON.stringify({ bytes: Buffer.from(canary) }, undefined, 2),
  'bytes by index': (canary) => JSON.stringify(new TextEncoder().encode(`> ${canary}`)),
  'its first half': (canary) => canary.slice(0, canary.length / 2 + 2),
  'its second half': (canary) => canary.slice(canary.length / 2 - 2),
}

for (const [kind, canary] of Object.entries(canaries)) {
  describe(`the ${kind} canary`, () => {
    test.each(Object.entries(leaks))('is found as %s, and shows in no finding', (_name, leak) => {
      const text = `${'a line before\n'.repeat(3)}x ${leak(canary)} y\nthe last line`
      const findings = findCanary(text, canary)
      expect(findings.length).toBeGreaterThan(0)
      expect(findings[0].line).toBeGreaterThanOrEqual(4)
      expect(findCanary(JSON.stringify(findings), canary)).toEqual([])
    })

    test('is not found where another is', () => {
      const other = kind === 'random' ? newCanary() : canary.replaceAll(/[0-9a-f]{4}/g, '0000')
      for (const leak of Object.values(leaks)) expect(findCanary(leak(other), canary)).toEqual([])
    })
  })
}

test('what a step prints is shown, kept and searched, and its exit code counts', async () => {
  const transcripts = mkdtempSync(join(scratch, 'transcripts-'))
  const canary = newCanary()
  const script =
    'console.log("to one"); console.error("to the other"); process.exitCode = Number(process.argv[1])'
  const said = []
  const search = () =>
    searchForCanary({
      canary,
      transcripts,
      root: join(scratch, 'nothing'),
      sinceInMs: Date.now(),
      write: (line) => said.push(line),
    })
  expect(await tee(transcripts, 'clean', process.execPath, ['-e', script, '0'])).toBe(true)
  expect(readFileSync(join(transcripts, 'clean.stdout'), 'utf8')).toBe('to one\n')
  expect(await search()).toBe(true)
  // Written as a step would have: the test's own output is searched too.
  writeFileSync(join(transcripts, 'leaking.stderr'), `one line\nanother with ${canary}\n`)
  expect(await search()).toBe(false)
  expect(said.join('\n')).toMatch(/leaking\.stderr, line 2, as raw: another with \[canary\]/)
  expect(findCanary(said.join('\n'), canary)).toEqual([])
  expect(await tee(transcripts, 'failing', process.execPath, ['-e', script, '3'])).toBe(false)
  expect(await tee(transcripts, 'absent', join(scratch, 'no such program'), [])).toBe(false)
})

test('a step that leaves something running in the background ends with its own process', async () => {
  const script = `require('node:child_process').spawn('sleep', ['30'], { stdio: 'inherit', detached: true }).unref()`
  const startedAt = performance.now()
  expect(await tee(scratch, 'background', process.execPath, ['-e', script])).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(29_000)
})

test('files that were written since are searched, reports and state among them', async () => {
  const root = join(scratch, 'root')
  const canary = newCanary()
  mkdirSync(join(root, 'examples'), { recursive: true })
  mkdirSync(join(root, 'node_modules'))
  const transcripts = mkdtempSync(join(scratch, 'transcripts-'))
  const before = join(root, 'before.txt')
  writeFileSync(before, canary)
  utimesSync(before, 1, 1)
  writeFileSync(join(root, 'node_modules', 'skipped.txt'), canary)
  const sinceInMs = Date.now() - 1_000
  const said = []
  const search = () =>
    searchForCanary({ canary, transcripts, root, sinceInMs, write: (line) => said.push(line) })
  expect(await search()).toBe(true)
  writeFileSync(
    join(root, 'examples', 'berth-report.json'),
    JSON.stringify({ error: { message: `x ${canary}` } }),
  )
  const state = mkdtempSync(join(tmpdir(), 'berth-process-canary-test-'))
  writeFileSync(join(state, 'group.json'), Buffer.from(`name:${canary}`).toString('base64'))
  try {
    expect(await search()).toBe(false)
  } finally {
    rmSync(state, { recursive: true })
  }
  expect(
    said
      .filter((line) => line.startsWith('the canary shows in '))
      .map((line) => line.replace(/, line .*/, '')),
  ).toEqual([
    `the canary shows in ${join(root, 'examples', 'berth-report.json')}`,
    `the canary shows in ${join(state, 'group.json')}`,
  ])
})
