import { createServer, type Server, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Opens a connection to whoever serves, one after another. */
export type Connect = () => Promise<Duplex>

/**
 * One port of an address that leads to others. It listens only while there is somebody to lead to: until then connections are refused, as those
 * to a Service without endpoints are.
 */
export class PortProxy {
  readonly #host: string
  readonly #port: number
  readonly #sockets = new Set<Socket>()
  #connect: Connect | null = null
  #server: Server | null = null
  #listening: Promise<void> = Promise.resolve()

  constructor(host: string, port: number) {
    this.#host = host
    this.#port = port
  }

  /** Where it leads to from now on; null: nowhere. Rejects with the system's error where the port cannot be had. */
  async lead(connect: Connect | null): Promise<void> {
    this.#connect = connect
    if (connect === null) this.close()
    else if (this.#server === null) this.#listening = this.#listen()
    await this.#listening
  }

  close(): void {
    this.#server?.close()
    this.#server = null
    this.#connect = null
    for (const socket of this.#sockets) socket.destroy()
  }

  #listen(): Promise<void> {
    // A client may end its side and still read.
    const server = createServer({ allowHalfOpen: true }, (socket) => void this.#take(socket))
    this.#server = server
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        if (this.#server === server) this.#server = null
        reject(error)
      })
      server.once('close', resolve)
      server.listen(this.#port, this.#host, resolve)
    })
  }

  async #take(socket: Socket): Promise<void> {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    try {
      if (!this.#connect) throw new Error('nobody serves')
      const served = await this.#connect()
      served.on('error', () => socket.resetAndDestroy())
      served.once('close', () => socket.end())
      socket.once('close', () => served.destroy())
      socket.pipe(served)
      served.pipe(socket)
    } catch {
      socket.resetAndDestroy()
    }
  }
}
