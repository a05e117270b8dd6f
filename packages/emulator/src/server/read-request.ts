import type { IncomingMessage, ServerResponse } from 'node:http'
import type { WireRequest } from './wire-message.ts'

/** ARM takes 4 MB. */
const MOST_BYTES = 4 * 1024 * 1024

export class BodyTooLarge extends Error {}

/** @throws BodyTooLarge; the client's own end of the connection */
export async function readRequest(
  message: IncomingMessage,
  response: ServerResponse,
  scheme: 'http' | 'https',
): Promise<WireRequest> {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort(new Error('the client is gone'))
  })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size > MOST_BYTES) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return {
    method: message.method ?? 'GET',
    url: new URL(message.url ?? '/', `${scheme}://${message.headers.host}`),
    headers: message.headers,
    body: Buffer.concat(chunks),
    signal: gone.signal,
  }
}
