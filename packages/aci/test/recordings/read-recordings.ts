import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

/** One request to the real service and its answer. */
export interface Exchange {
  readonly method: string
  readonly url: string
  readonly requestBody: string
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
}

interface Cassette {
  readonly interactions: readonly {
    readonly request: { readonly method: string; readonly uri: string; readonly body: string | null }
    readonly response: {
      readonly status: { readonly code: number }
      readonly body: { readonly string: string }
      readonly headers: Readonly<Record<string, readonly string[]>>
    }
  }[]
}

const BESIDE = fileURLToPath(new URL('../../../../../shared/recordings', import.meta.url))

/** Where recorded traffic is: it is another's, and not part of this repository. */
export const recordingsFolder = [process.env.BERTH_RECORDINGS, BESIDE]
  .filter((folder) => folder !== undefined)
  .map((folder) => `${folder}/aci`)
  .find((folder) => existsSync(folder))

/** What was said to the real service, recording by recording, in order. */
export function readRecordings(folder: string): ReadonlyMap<string, readonly Exchange[]> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return new Map(
    names.map((name) => {
      // The recorder wrote some requests as Python's bytes.
      const text = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('!!python/unicode ', '')
      const { interactions } = parse(text, { logLevel: 'silent' }) as Cassette
      return [
        name.replace('.yaml', ''),
        interactions.map(({ request, response }) => ({
          method: request.method,
          url: request.uri,
          requestBody: request.body ?? '',
          status: response.status.code,
          text: response.body.string,
          header: (header: string) => response.headers[header]?.[0],
        })),
      ]
    }),
  )
}
