import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent, type RequestOptions, request } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import type { ClusterEndpoint } from '../src/index.ts'

/** A way to the cluster that counts what is asked of it, and can cut what is under way. */
export interface Gateway {
  /** Each as `GET /api/v1/namespaces/default/pods?watch`. */
  readonly calls: string[]
  readonly endpoint: ClusterEndpoint
  /** Resets every connection over which an answer is still coming whose path ends so. Gives how many there were. */
  cut(suffix: string): number
  close(): Promise<void>
}

/** Stands on loopback before the API server of the kubeconfig, and signs in as it says. */
export async function openGateway(): Promise<Gateway> {
  const config = new KubeConfig()
  config.loadFromDefault()
  const target: RequestOptions = {}
  await config.applyToHTTPSOptions(target)
  const { ca, cert, key } = target
  const agent = new Agent({ ca, cert, key, keepAlive: true })
  const server = new URL(config.getCurrentCluster()?.server ?? '')
  const calls: string[] = []
  const streaming = new Map<ServerResponse, string>()
  const gateway = createServer((asked: IncomingMessage, answer: ServerResponse) => {
    const url = new URL(asked.url ?? '/', server)
    calls.push(`${asked.method} ${url.pathname}${url.searchParams.has('watch') ? '?watch' : ''}`)
    streaming.set(answer, url.pathname)
    answer.once('close', () => streaming.delete(answer))
    const { authorization: _, host: __, ...headers } = asked.headers
    const onward = request(url, { method: asked.method, headers, agent, ca, cert, key }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      answer.flushHeaders()
      response.pipe(answer)
      response.once('error', () => answer.destroy())
    })
    onward.once('error', () => answer.destroy())
    answer.once('close', () => onward.destroy())
    asked.pipe(onward)
  })
  const sockets = new Set<Socket>()
  gateway.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  const { port } = gateway.address() as AddressInfo
  return {
    calls,
    endpoint: {
      server: `http://127.0.0.1:${port}`,
      token: async () => 'of-no-use',
      description: 'a gateway',
    },
    cut(suffix) {
      const chosen = [...streaming].filter(([, path]) => path.endsWith(suffix))
      for (const [answer] of chosen) answer.socket?.resetAndDestroy()
      return chosen.length
    },
    async close() {
      agent.destroy()
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => gateway.close(() => resolve()))
    },
  }
}
