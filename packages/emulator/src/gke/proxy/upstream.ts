import { request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'

/** The Kubernetes behind a cluster, and what lets one in there. */
export interface Upstream {
  readonly server: URL
  readonly authorization: string | undefined
  readonly tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>
  close(): Promise<void>
}

const ANSWER_WITHIN_MS = 10_000

/** A request to it, not yet sent. */
export function requestUpstream({ server, tls }: Upstream, path: string, options: RequestOptions) {
  const base = server.pathname.replace(/\/+$/, '')
  const target = {
    ...options,
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port || (server.protocol === 'https:' ? 443 : 80),
    path: `${base}${path}`,
  }
  return server.protocol === 'https:' ? requestHttps({ ...tls, ...target }) : requestHttp(target)
}

/** What it answers to a question of the emulator's own. Throws an Error for whoever set it up. */
export async function askUpstream(upstream: Upstream, path: string): Promise<unknown> {
  const { authorization } = upstream
  const outgoing = requestUpstream(upstream, path, {
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    headers: { accept: 'application/json', ...(authorization !== undefined && { authorization }) },
  })
  try {
    return await new Promise((resolve, reject) => {
      outgoing.once('error', reject)
      outgoing.once('response', (answer) => {
        text(answer).then((body) => resolve(JSON.parse(body)), reject)
      })
      outgoing.end()
    })
  } catch (error) {
    throw new Error(`the cluster at ${upstream.server.origin} does not answer: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
