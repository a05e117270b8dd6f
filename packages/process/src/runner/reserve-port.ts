import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A port that no other process is given while it is kept. */
export interface PortReservation {
  readonly port: number
  release(): void
}

/**
 * Takes a port of an address without listening on it. An established connection of our own stays on the port, so the
 * kernel gives it to nobody who asks for a free one, yet a server may listen on it as any server may that restarts
 * while old connections are open (SO_REUSEADDR, which Node.js and nearly every server sets). Until the server listens,
 * connections are refused, as they would be in a container; and after a restart the port is the same. (macOS may still
 * give the port to someone who asks for a free one, which is then as unlikely as any one port is.)
 * @param port 0 for a free one
 * @throws the system's error, such as EADDRINUSE or EACCES
 */
export async function reservePort(address: string, port: number): Promise<PortReservation> {
  const server = createServer({ pauseOnConnect: true })
  const arrivals: Socket[] = []
  server.on('connection', (socket) => arrivals.push(socket))
  server.listen(port, address)
  await once(server, 'listening')
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error(`no port was bound on ${address}`)
  const ours = connect(bound.port, address)
  try {
    await once(ours, 'connect')
    for (;;) {
      const accepted = arrivals.find((socket) => socket.remotePort === ours.localPort)
      if (accepted !== undefined) return hold(bound.port, [ours, accepted])
      await once(server, 'connection')
    }
  } finally {
    server.close()
    // A stranger who connected in between would wait for an answer for ever.
    for (const socket of arrivals) if (socket.remotePort !== ours.localPort) socket.destroy()
  }
}

function hold(port: number, sockets: readonly Socket[]): PortReservation {
  for (const socket of sockets) {
    socket.unref()
    // Nothing is ever sent, so an error only means that the reservation is gone, and the server may be there already.
    socket.on('error', () => {})
  }
  return {
    port,
    release() {
      for (const socket of sockets) socket.resetAndDestroy()
    },
  }
}
