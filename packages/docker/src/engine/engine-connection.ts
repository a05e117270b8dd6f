import type { Agent, ClientRequest, RequestOptions } from 'node:http'
import type { EngineEndpoint, EngineTls } from './engine-endpoint.ts'

/** Opens HTTP requests on one engine's connections. */
export interface EngineConnection {
  readonly endpoint: EngineEndpoint
  /** Starts a request; `fresh` takes a new connection that is not kept. */
  open(options: RequestOptions, fresh?: boolean): ClientRequest
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
  return connection(endpoint, request, new Agent(keepAlive), () => new Agent())
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
        { socketPath: endpoint.socketPath, setHost: false, servername: '' }
      : { host: endpoint.host, port: endpoint.port }
  const basePath = endpoint.kind === 'tcp' ? endpoint.basePath : ''
  const hostHeader = endpoint.kind === 'socket' ? { host: 'docker' } : undefined
  let freshAgent: Agent | undefined
  return {
    endpoint,
    open(options, fresh) {
      if (fresh) freshAgent ??= makeFreshAgent()
      return request({
        ...target,
        method: options.method,
        path: basePath + options.path,
        headers: { ...hostHeader, ...options.headers },
        agent: fresh ? freshAgent : agent,
      })
    },
    close() {
      agent.destroy()
      freshAgent?.destroy()
    },
  }
}

async function readTls(tls: EngineTls) {
  const { readFile } = await import('node:fs/promises')
  const read = async (path: string | undefined) => (path === undefined ? undefined : readFile(path))
  const [ca, cert, key] = await Promise.all([read(tls.caFile), read(tls.certFile), read(tls.keyFile)])
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }), rejectUnauthorized: tls.verify }
}
