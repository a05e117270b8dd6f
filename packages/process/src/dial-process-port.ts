import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { BerthError, type CallContext } from '@berth/core'
import type { GroupSnapshot } from './runner/index.ts'

/** A connection to a port of a group: the port that the container knows, or any that its processes listen on. */
export async function dialProcessPort(
  group: GroupSnapshot,
  port: number,
  { signal }: CallContext,
): Promise<Duplex> {
  const mapped = group.ports.find(({ containerPort }) => containerPort === port)
  const socket = connect({ host: group.address, port: mapped?.hostPort ?? port, allowHalfOpen: true })
  try {
    await once(socket, 'connect', { signal })
    return socket
  } catch (error) {
    socket.destroy()
    signal.throwIfAborted()
    throw new BerthError({
      code: 'unavailable',
      message: `nothing of ${group.name} listens on port ${port}`,
      retryable: false,
      cause: error,
    })
  }
}
