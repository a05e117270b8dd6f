import type { IncomingHttpHeaders } from 'node:http'

/** A request as an endpoint sees it. */
export interface WireRequest {
  readonly method: string
  /** With the scheme, host and port that the client asked. */
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Ends when the client is gone. */
  readonly signal: AbortSignal
}

export interface WireResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Absent: no content. */
  readonly body?: string | Buffer | undefined
  /** In a body's stead: what is sent as it comes, until it is at its end or the client is gone. */
  readonly stream?: AsyncIterable<string | Uint8Array> | undefined
}
