import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** What one client once asked the real service, and what it was told, in order. */
export interface Recording {
  /** `create-msi` */
  readonly name: string
  readonly year: number
  readonly exchanges: readonly RecordedExchange[]
}

export interface RecordedExchange {
  readonly method: string
  readonly url: URL
  /** Absent: none. */
  readonly body: unknown
  readonly answer: Answer
}

/** An answer, recorded or emulated. */
export interface Answer {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Parsed where it is JSON; absent where there is none. */
  readonly body: unknown
}

/** The file's own form: vcrpy's. */
interface Cassette {
  readonly interactions: readonly {
    readonly request: { readonly method: string; readonly uri: string; readonly body: string | null }
    readonly response: {
      readonly status: { readonly code: number }
      readonly headers: Readonly<Record<string, readonly string[]>>
      readonly body: { readonly string: string }
    }
  }[]
}

/** Every recording in a directory, by name. */
export function readRecordings(directory: string): readonly Recording[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readRecording(join(directory, file), file.replace('.yaml', '')))
}

function readRecording(path: string, name: string): Recording {
  const { interactions } = parse(readFileSync(path, 'utf8')) as Cassette
  const exchanges = interactions.map(({ request, response }) => ({
    method: request.method,
    url: new URL(request.uri),
    body: readBody(request.body ?? ''),
    answer: {
      status: response.status.code,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([header, values]) => [header.toLowerCase(), values.join(', ')]),
      ),
      body: readBody(response.body.string),
    },
  }))
  const year = new Date(exchanges[0]?.answer.headers.date ?? '').getUTCFullYear()
  return { name, year, exchanges }
}

function readBody(text: string): unknown {
  // Some requests were written down as Python writes bytes.
  const json = /^b'(.*)'$/s.exec(text)?.[1]?.replace(/\\(['\\])/g, '$1') ?? text
  return json === '' ? undefined : JSON.parse(json)
}
