import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BerthError, secret } from '@berth/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StartReport } from './start-record.ts'
import { CLIENT, CREATED_AT, cloudStart, dockerStart, failedStart } from './testing/sample-records.ts'
import { checkReportPath, writeReport } from './write-report.ts'

const META = { createdAt: CREATED_AT, client: CLIENT }
const starts = [dockerStart(), cloudStart(), failedStart()]

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'berth-report-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

test('writes the page and its data beside it, and nothing else', async () => {
  const files = await writeReport(join(directory, 'x.html'), starts, META)
  expect(files).toEqual({ html: join(directory, 'x.html'), json: join(directory, 'x.json') })
  expect((await readdir(directory)).sort()).toEqual(['x.html', 'x.json'])
  expect(await readFile(files.html, 'utf8')).toMatch(/^<!doctype html>/)
  const report: StartReport = JSON.parse(await readFile(files.json, 'utf8'))
  expect(Object.keys(report)).toEqual(['schema', 'createdAt', 'client', 'starts'])
  expect(report).toEqual(JSON.parse(JSON.stringify({ schema: 'berth-report/1', ...META, starts })))
})

test.each([
  ['x', 'x.html', 'x.json'],
  ['x.htm', 'x.htm', 'x.json'],
  ['nginx-1.27', 'nginx-1.27.html', 'nginx-1.27.json'],
])('%s becomes %s and %s', async (name, html, json) => {
  expect(await writeReport(join(directory, name), starts, META)).toEqual({
    html: join(directory, html),
    json: join(directory, json),
  })
})

test('replaces what was there before', async () => {
  await writeFile(join(directory, 'x.html'), 'old')
  await writeReport(join(directory, 'x.html'), starts, META)
  expect(await readFile(join(directory, 'x.html'), 'utf8')).not.toContain('old<')
  expect(await readdir(directory)).toHaveLength(2)
})

test('no secret reaches either file', async () => {
  secret('s3cr<t-in-report')
  const leaky = failedStart({ image: 'nginx@s3cr<t-in-report', notes: ['s3cr<t-in-report'] })
  const files = await writeReport(join(directory, 'x.html'), [leaky], META)
  for (const file of [files.html, files.json]) {
    const text = await readFile(file, 'utf8')
    expect(text).not.toMatch(/s3cr(<|&lt;)t-in-report/)
    for (const [, data = ''] of text.matchAll(/base64,([\w+/=]+)/g)) {
      expect(Buffer.from(data, 'base64').toString()).not.toContain('s3cr<t-in-report')
    }
    expect(text).toContain('[secret]')
  }
})

describe('says what is wrong with the path, before or at writing', () => {
  async function problem(path: string): Promise<BerthError> {
    const before = await checkReportPath(path).catch((error: unknown) => error)
    const at = await writeReport(path, starts, META).catch((error: unknown) => error)
    if (!BerthError.isInstance(before) || !BerthError.isInstance(at)) throw new Error('it was written')
    expect(before.message).toBe(at.message)
    expect(before.code).toBe(at.code)
    return at
  }

  test('a directory that is not there', async () => {
    const error = await problem(join(directory, 'none', 'x.html'))
    expect(error.code).toBe('not-found')
    expect(error.message).toContain(`there is no directory ${join(directory, 'none')}; make it first`)
  })

  test('a file where the directory should be', async () => {
    await writeFile(join(directory, 'file'), '')
    const error = await problem(join(directory, 'file', 'x.html'))
    expect(error.code).toBe('not-found')
    expect(error.message).toContain('is no directory')
  })

  test('a directory in the place of the file', async () => {
    await mkdir(join(directory, 'x.json'))
    expect((await problem(join(directory, 'x.html'))).code).toBe('conflict')
    expect(await readdir(directory)).toEqual(['x.json'])
  })

  // Root writes everywhere, and Windows knows no such mode.
  test.skipIf(process.getuid === undefined || process.getuid() === 0)(
    'a directory that is not writable',
    async () => {
      await chmod(directory, 0o555)
      expect((await problem(join(directory, 'x.html'))).code).toBe('permission')
    },
  )

  test.runIf(process.platform === 'linux')('a file system that takes no files', async () => {
    const error = await problem('/sys/x.html')
    expect(error.code).toBe('permission')
    expect(error.message).toContain('/sys is not writable')
  })
})
