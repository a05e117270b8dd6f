import type { Agent, ClientRequest, RequestOptions } from 'node:http'
import type { Socket } from 'node:net'
import type { EngineEndpoint, EngineTls } from './engine-endpoint.ts'
import type { OutgoingExchange } from './http-exchange.ts'

/** Opens HTTP requests on one engine's connections. */
export interface EngineConnection {
  readonly endpoint: EngineEndpoint
  /** Starts a request; `fresh` takes a new connection that is not kept. */
  open(outgoing: Pick<OutgoingExchange, 'method' | 'path' | 'headers'>, fresh?: boolean): ClientRequest
  /** Closes idle connections and those with a call under way; upgraded ones stay. */
  close(): void
}

// a burst of starts leaves its connections behind: enough are kept for the next burst, the rest close
const idleConnections = 32

/** Loads node's HTTP client and binds it to an engine. Reads the TLS files; opens no connection. */
export async function openEngineConnection(endpoint: EngineEndpoint): Promise<EngineConnection> {
  const keepAlive = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: idleConnections }
  if (endpoint.kind === 'tcp' && endpoint.tls) {
    const { Agent, request } = await import('node:https')
    const tls = await readTls(endpoint.tls)
    return connection(endpoint, request, new Agent({ ...keepAlive, ...tls }), () => new Agent(tls))
  }
  const { Agent, request } = await import('node:http')
  const agent = new Agent(keepAlive)
  if (endpoint.kind === 'socket') trim(agent)
  return connection(endpoint, request, agent, () => new Agent())
}

/** Takes from an agent what a local socket has no use for, and what each call pays for: the network's own keep-alive, and a name for each host. */
function trim(agent: Agent): void {
  agent.getName = () => 'engine'
  agent.keepSocketAlive = (socket) => {
    ;(socket as Socket).unref()
    return true
  }
}

function connection(
  endpoint: EngineEndpoint,
  request: (options: RequestOptions) => ClientRequest,
  agent: Agent,
  makeFreshAgent: () => Agent,
): EngineConnection {
  const target: RequestOptions & { readonly servername?: string } =
    endpoint.kind === 'socket'
      ? // a name for TLS is of no use here, and finding one costs each request a look at its headers
        { socketPath: endpoint.socketPath, servername: '' }
      : { host: endpoint.host, port: endpoint.port }
  const basePath = endpoint.kind === 'tcp' ? endpoint.basePath : ''
  const host = ['host', endpoint.kind === 'socket' ? 'docker' : hostOf(endpoint.host, endpoint.port)]
  let freshAgent: Agent | undefined
  return {
    endpoint,
    open({ method, path, headers }, fresh) {
      if (fresh) freshAgent ??= makeFreshAgent()
      return request({
        ...target,
        method,
        path: basePath + path,
        headers: host.concat(headers),
        agent: fresh ? freshAgent : agent,
      })
    },
    close() {
      agent.destroy()
      freshAgent?.destroy()
    },
  }
}

function hostOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function readTls(tls: EngineTls) {
  const { readFile } = await import('node:fs/promises')
  const read = async (path: string | undefined) => (path === undefined ? undefined : readFile(path))
  const [ca, cert, key] = await Promise.all([read(tls.caFile), read(tls.certFile), read(tls.keyFile)])
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), rejectUnauthorized: tls.verify }
}
