import { randomUUID } from 'node:crypto'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { BerthError } from '@berth/core'
import { redactReport } from './redact-report.ts'
import type { StartRecord, StartReport } from './start-record.ts'

/** What a report says besides its starts. */
export type ReportMeta = Pick<StartReport, 'createdAt' | 'client'>

/** The absolute paths of the two files of a report. */
export interface ReportFiles {
  readonly html: string
  readonly json: string
}

/**
 * Writes the report as a page, and its data beside it: for `x.html`, `x.html` and `x.json`. Each file is there as a whole or not at all; what
 * was there before is replaced.
 *
 * @param path of the page; without `.html` or `.htm` at its end, `.html` is added
 * @throws BerthError `not-found` where the directory is not there, `permission` where it cannot be written to, `conflict` where a
 * directory stands in the file's place, `internal` where the disk fails.
 */
export async function writeReport(
  path: string,
  records: readonly StartRecord[],
  meta: ReportMeta,
): Promise<ReportFiles> {
  const files = reportFiles(path)
  const report = reportOf(records, meta)
  // The page is half of this package's source, and needed only here.
  const { renderPage } = await import('./html/render-page.ts')
  const page = renderPage(report, basename(files.json))
  const data = `${JSON.stringify(report, undefined, 2)}\n`
  await checkReportPath(path)
  await writeAll([
    [files.json, data],
    [files.html, page],
  ])
  return files
}

/** The report as data, every known secret masked. */
export function reportOf(records: readonly StartRecord[], { createdAt, client }: ReportMeta): StartReport {
  return redactReport({ schema: 'berth-report/1', createdAt, client, starts: records })
}

/**
 * Whether a report can be written there, to be asked before anything is started for it.
 * @throws BerthError as `writeReport` does.
 */
export async function checkReportPath(path: string): Promise<void> {
  const files = reportFiles(path)
  for (const file of [files.html, files.json]) {
    const found = await stat(file).catch(() => undefined)
    if (found?.isDirectory()) {
      throw failure(
        'conflict',
        `cannot write the report ${file}: a directory stands there; name another file`,
      )
    }
  }
  const probe = temporaryName(files.html)
  try {
    await writeFile(probe, '', { flag: 'wx' })
  } catch (error) {
    throw mapWriteError(error, files.html)
  }
  await rm(probe, { force: true })
}

function reportFiles(path: string): ReportFiles {
  const absolute = resolve(path)
  const named = /\.html?$/i.test(absolute)
  const stem = named ? absolute.replace(/\.html?$/i, '') : absolute
  return { html: named ? absolute : `${absolute}.html`, json: `${stem}.json` }
}

/** Both are on the disk before the first takes its place. */
async function writeAll(files: readonly (readonly [path: string, content: string])[]): Promise<void> {
  const written: { temporary: string; path: string }[] = []
  try {
    for (const [path, content] of files) {
      const temporary = temporaryName(path)
      written.push({ temporary, path })
      await writeFile(temporary, content, { flag: 'wx', flush: true })
    }
    for (const { temporary, path } of written) await rename(temporary, path)
  } catch (error) {
    await Promise.allSettled(written.map(({ temporary }) => rm(temporary, { force: true })))
    throw mapWriteError(error, files.map(([path]) => path).join(' and '))
  }
}

/** In the same directory: only there a rename is one step. */
function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
}

function mapWriteError(error: unknown, path: string): BerthError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const directory = dirname(path)
  switch (code) {
    case 'ENOENT':
      return failure(
        'not-found',
        `cannot write the report ${path}: there is no directory ${directory}; make it first`,
        error,
      )
    case 'ENOTDIR':
      return failure(
        'not-found',
        `cannot write the report ${path}: ${directory} is no directory; name another`,
        error,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return failure(
        'permission',
        `cannot write the report ${path}: ${directory} is not writable; name a directory that is`,
        error,
      )
    default:
      return failure(
        'internal',
        `cannot write the report ${path}: ${error instanceof Error ? error.message : String(error)}`,
        error,
      )
  }
}

function failure(code: BerthError['code'], message: string, cause?: unknown): BerthError {
  return new BerthError({ code, message, operation: 'report', cause })
}
