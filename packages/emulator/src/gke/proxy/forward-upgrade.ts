import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { headersUpstream } from './pass-headers.ts'
import { refuseUpgrade } from './refuse.ts'
import { requestUpstream, type Upstream } from './upstream.ts'

/** Hands on a request for another protocol (WebSocket, SPDY), and then every byte both ways. */
export function forwardUpgrade(
  message: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { upstream }: { readonly upstream: Upstream },
): void {
  const headers = {
    ...headersUpstream(message.headers, upstream),
    connection: 'Upgrade',
    upgrade: message.headers.upgrade,
  }
  const outgoing = requestUpstream(upstream, message.url ?? '/', {
    method: message.method,
    headers,
    agent: false,
  })
  outgoing.once('upgrade', (answer, other: Duplex, first: Buffer) => {
    socket.write(headOf(answer))
    if (first.length > 0) socket.write(first)
    if (head.length > 0) other.write(head)
    join(socket, other)
  })
  outgoing.once('response', (answer) => {
    socket.write(headOf(answer))
    answer.pipe(socket)
  })
  outgoing.once('error', (error) => {
    refuseUpgrade(socket, { code: 503, reason: 'ServiceUnavailable', message: error.message })
  })
  socket.once('close', () => outgoing.destroy())
  outgoing.end()
}

function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.once('close', () => to.destroy())
  }
}

/** The answer's first lines, as they came. */
function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`]
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    // What follows is handed on without its chunks, and ends with the connection.
    if (statusCode !== 101 && /^(?:transfer-encoding|connection)$/i.test(name)) continue
    lines.push(`${name}: ${rawHeaders[index + 1]}`)
  }
  if (statusCode !== 101) lines.push('Connection: close')
  return `${lines.join('\r\n')}\r\n\r\n`
}
