import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { untilOpen } from '@berth/core'
import { ArmError } from './arm-error.ts'
import { isLoopback } from './check-endpoint.ts'

export interface WebSocketTarget {
  readonly uri: string
  /** The Resource Manager that named it. */
  readonly endpoint: string
  /** How an exec is let in: the password comes first, as a frame of its own. */
  readonly firstFrame?: string | undefined
  /** How an attach is let in: the password stands in the request. */
  readonly authorization?: string | undefined
  readonly signal: AbortSignal
}

const LIMIT_IN_MS = 30_000
/** The service answers a password with a message, empty or a prompt; one that is silent for so long has nothing to say. */
const WELCOME_WITHIN_MS = 300

/** Opens the byte stream that an exec or attach has been given an address for. */
export async function connectWebSocket({
  uri,
  endpoint,
  firstFrame,
  authorization,
  signal,
}: WebSocketTarget): Promise<Duplex> {
  const address = checkAddress(uri, endpoint)
  const { createWebSocketStream, WebSocket } = await import('ws')
  signal.throwIfAborted()
  const socket = new WebSocket(address, {
    perMessageDeflate: false,
    handshakeTimeout: LIMIT_IN_MS,
    ...(authorization !== undefined && { headers: { authorization } }),
  })
  // Made before the connection is there, so that nothing which comes with it is missed.
  const stream = createWebSocketStream(socket)
  // Told to whoever reads or waits; it must not end the process where nobody does yet, or no more.
  stream.on('error', () => {})
  socket.on('error', () => {})
  try {
    await untilOpen(socket, signal)
    if (firstFrame !== undefined) {
      // What follows the password at once may be taken for a part of it, or be lost while the program is being started.
      const welcomed = once(socket, 'message', {
        signal: AbortSignal.any([signal, AbortSignal.timeout(WELCOME_WITHIN_MS)]),
      })
      socket.send(firstFrame)
      await welcomed.catch(() => signal.throwIfAborted())
    }
    return stream
  } catch (error) {
    stream.destroy()
    signal.throwIfAborted()
    throw new ArmError({
      method: 'GET',
      path: address.pathname,
      code: error instanceof Error && 'code' in error ? String(error.code) : undefined,
      message: `the connection to the container failed: ${error instanceof Error ? error.message : String(error)}`,
      cause: error,
    })
  }
}

/** A password goes there: over TLS, or on this machine where the Resource Manager itself is here. */
function checkAddress(uri: string, endpoint: string): URL {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  const isLocal =
    url?.protocol === 'ws:' && isLoopback(url.hostname) && isLoopback(new URL(endpoint).hostname)
  if (url === undefined || (url.protocol !== 'wss:' && !isLocal)) {
    throw new ArmError({
      method: 'GET',
      path: uri,
      message: `the service points to ${uri || 'no address'} for the connection, which is not safe`,
    })
  }
  return url
}
