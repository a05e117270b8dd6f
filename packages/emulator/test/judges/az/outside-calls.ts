import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A proxy that lets nothing through, and remembers who was asked for. */
export interface OutsideCalls extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
  /** `management.azure.com:443` */
  readonly hosts: readonly string[]
}

/** Keeps a command that is given its environment off the internet. */
export async function refuseOutsideCalls(): Promise<OutsideCalls> {
  const hosts: string[] = []
  const server = createServer((request, response) => {
    hosts.push(new URL(request.url ?? '', 'http://unknown').host)
    response.writeHead(403).end()
  })
  server.on('connect', ({ url }, socket) => {
    hosts.push(url ?? '')
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    environment: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '127.0.0.1,localhost' },
    hosts,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
