import type { ClusterClient, ClusterRequest } from './cluster-client.ts'
import { ClusterError } from './cluster-error.ts'
import { openSpdySession } from './open-spdy-session.ts'
import { openWebSocketSession } from './open-web-socket-session.ts'
import type { RemoteOptions, RemoteSession } from './remote-session.ts'

/** What says more about the request than about how it was made. */
const FINAL: ReadonlySet<number | undefined> = new Set([401, 404])

/**
 * Opens an exec or attach: over a WebSocket where the server is of an age to take one, else, and where it is refused, over SPDY. A refused
 * connection has begun nothing.
 */
export async function openRemoteSession(
  client: ClusterClient,
  request: ClusterRequest,
  options: RemoteOptions,
  takesWebSockets: boolean,
): Promise<RemoteSession> {
  if (takesWebSockets) {
    try {
      return await openWebSocketSession(client, request, options)
    } catch (error) {
      request.signal?.throwIfAborted()
      const isRefused = ClusterError.isInstance(error) && error.status !== undefined
      if (!isRefused || FINAL.has(error.status)) throw error
    }
  }
  return await openSpdySession(client, request, options)
}
