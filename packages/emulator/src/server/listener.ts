import { createServer as createHttp, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Certificate } from './certificate.ts'
import { checkLoopbackAddress, isLoopbackHost } from './check-host.ts'
import { type HandlerParts, handleRequest } from './handle-request.ts'

export interface Listener {
  /** `http://127.0.0.1:41234` */
  readonly origin: string
  /** Ends every connection. */
  close(): Promise<void>
}

export interface ListenerOptions {
  /** Default 127.0.0.1; must be loopback. */
  readonly address?: string | undefined
  /** 0: any free one. */
  readonly port: number
  /** Present: https. */
  readonly certificate?: Certificate | undefined
}

const KEPT_ALIVE_MS = 120_000

/** Serves one endpoint. Throws the system's error where the port is taken. */
export async function listen(parts: HandlerParts, options: ListenerOptions): Promise<Listener> {
  const { address = '127.0.0.1', port, certificate } = options
  checkLoopbackAddress(address)
  const scheme = certificate ? 'https' : 'http'
  const onRequest = (message: IncomingMessage, response: ServerResponse) => {
    void handleRequest(message, response, scheme, parts)
  }
  const server = certificate
    ? createHttps({ key: certificate.key, cert: certificate.certificate }, onRequest)
    : createHttp(onRequest)
  // A client that comes back after some seconds must not meet a connection that is just being closed.
  server.keepAliveTimeout = KEPT_ALIVE_MS
  server.on('upgrade', (message, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy())
    const isOurs = isLoopbackHost(message.headers.host)
    const url = isOurs && new URL(message.url ?? '/', `${scheme}://${message.headers.host}`)
    if (!url || !parts.endpoint.upgrade?.(message, socket, head, url))
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  const bound = server.address() as AddressInfo
  return { origin: `${scheme}://${address}:${bound.port}`, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
