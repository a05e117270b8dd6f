import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import net, { type AddressInfo, type Server, type Socket } from 'node:net'

/** Servers on free loopback ports that are torn down together, connections included. */
export class LoopbackServers implements AsyncDisposable {
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()

  async http(listener: RequestListener, port = 0): Promise<number> {
    return this.listen(createServer(listener), port)
  }

  async tcp(listener: (socket: Socket) => void, port = 0): Promise<number> {
    return this.listen(
      net.createServer((socket) => {
        socket.on('error', () => {})
        listener(socket)
      }),
      port,
    )
  }

  async listen(server: Server, port = 0): Promise<number> {
    this.#servers.push(server)
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }

  /** A port on which nobody listens. */
  async freePort(): Promise<number> {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    return port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
}
