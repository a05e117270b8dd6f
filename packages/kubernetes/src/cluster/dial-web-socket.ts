import type { WebSocket } from 'ws'
import type { ClusterAccess } from './cluster-access.ts'
import type { ClusterRequest } from './cluster-client.ts'
import { failedAnswer } from './failed-answer.ts'
import { readText } from './read-text.ts'
import { addressOf } from './request-address.ts'

const LIMIT_IN_MS = 30_000

/** Opens a WebSocket at a server. It is held back until the caller's next turn, so that nothing which comes with the answer is missed. */
export async function dialWebSocket(
  access: ClusterAccess,
  request: ClusterRequest,
  protocol: string,
): Promise<WebSocket> {
  const { headers, agent, ...tls } = await access.credentials()
  const { WebSocket: Socket } = await import('ws')
  const { signal } = request
  signal?.throwIfAborted()
  const socket = new Socket(addressOf(access.server.replace(/^http/, 'ws'), request), [protocol], {
    ...tls,
    agent,
    headers: { ...headers, 'user-agent': 'berth' },
    perMessageDeflate: false,
    handshakeTimeout: LIMIT_IN_MS,
  })
  socket.on('error', () => {}) // told to whoever waits
  const abort = () => socket.terminate()
  signal?.addEventListener('abort', abort, { once: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => {
        socket.pause()
        resolve()
      })
      socket.once('error', reject)
      socket.once('unexpected-response', (_asked, response) => {
        readText(response).then((text) => reject(failedAnswer(request, response, text)), reject)
      })
    })
    setImmediate(() => socket.resume())
    return socket
  } catch (error) {
    socket.terminate()
    throw error
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}
