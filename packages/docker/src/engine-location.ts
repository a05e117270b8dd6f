import { type EngineEndpoint, isLoopback } from './engine/index.ts'

/** Where an engine's machine is, seen from here. */
export interface EngineLocation {
  /** The host under which published ports are reached. */
  readonly host: string
  /** Whether that is this machine (a virtual one of Docker Desktop's included, which maps its ports here). */
  readonly local: boolean
}

/** Where published ports of an engine are. */
export function locateEngine(endpoint: EngineEndpoint): EngineLocation {
  const remote = endpoint.kind === 'tcp' && !isLoopback(endpoint.host)
  return remote ? { host: endpoint.host, local: false } : { host: '127.0.0.1', local: true }
}
