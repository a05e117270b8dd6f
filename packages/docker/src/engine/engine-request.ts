/** Values of a query string; undefined ones are left out, an array gives its parameter several times. */
export type EngineQuery = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>

type QueryValue = string | number | boolean

/** Bytes of a request: all at once, or as they come. */
export type EngineBody = Uint8Array | AsyncIterable<Uint8Array>

/** Options of every call. */
export interface CallOptions {
  /** Ends the wait; the call then rejects with the signal's own reason. The engine may still do the work. */
  readonly signal?: AbortSignal | undefined
}

/** One request to the Engine API. */
export interface EngineRequest extends CallOptions {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  /** Path without the version prefix, already encoded: `/containers/json`. */
  readonly path: string
  readonly query?: EngineQuery | undefined
  /** Sent as JSON. Not together with `body`. */
  readonly json?: unknown
  /** Sent as it is, as `application/x-tar`. */
  readonly body?: EngineBody | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Whether it may be sent again when a kept-alive connection turns out dead. Default: GET and HEAD. */
  readonly idempotent?: boolean | undefined
  /** Leave the API version out of the path, so that the call need not wait for it to be negotiated. */
  readonly unversioned?: boolean | undefined
  /** Statuses besides 2xx which are an answer, not an error. */
  readonly accept?: readonly number[] | undefined
}

/** The query string, with its question mark; empty without values. */
export function queryString(query: EngineQuery | undefined): string {
  if (!query) return ''
  const parts: string[] = []
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const single of Array.isArray(value) ? value : [value])
      parts.push(`${name}=${encodeURIComponent(single)}`)
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** Filters as the engine reads them: each name with the values of which one must match. */
export type EngineFilters = Readonly<Record<string, readonly string[] | undefined>>

/** The `filters` query parameter; undefined where nothing is filtered. */
export function filtersParameter(filters: EngineFilters | undefined): string | undefined {
  if (!filters) return undefined
  const given = Object.entries(filters).filter(([, values]) => values !== undefined && values.length > 0)
  return given.length === 0 ? undefined : JSON.stringify(Object.fromEntries(given))
}

/** A path segment per part of a name, so that slashes of image names stay. */
export function encodePath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}
