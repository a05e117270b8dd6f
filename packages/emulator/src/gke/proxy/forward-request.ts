import type { IncomingMessage, ServerResponse } from 'node:http'
import { headersDownstream, headersUpstream } from './pass-headers.ts'
import { refuse } from './refuse.ts'
import { requestUpstream, type Upstream } from './upstream.ts'

/** Hands a request on, and its answer back as it comes. */
export function forwardRequest(
  message: IncomingMessage,
  response: ServerResponse,
  { upstream, description }: { readonly upstream: Upstream; readonly description: string },
  body?: Buffer,
): void {
  const headers = headersUpstream(message.headers, upstream)
  if (body) headers['content-length'] = body.length
  const outgoing = requestUpstream(upstream, message.url ?? '/', { method: message.method, headers })
  outgoing.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, headersDownstream(answer.headers, description))
    // A watch's headers come long before its first line.
    response.flushHeaders()
    answer.pipe(response)
    answer.once('error', () => response.destroy())
  })
  outgoing.once('error', (error) => {
    if (response.headersSent) response.destroy()
    else refuse(response, { code: 503, reason: 'ServiceUnavailable', message: error.message }, description)
  })
  response.once('close', () => outgoing.destroy())
  if (body) outgoing.end(body)
  else message.pipe(outgoing)
}
