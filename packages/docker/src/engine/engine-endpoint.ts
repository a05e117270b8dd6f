/** Files of the TLS material; they are read when connecting, so that no key ever sits in an options object. */
export interface EngineTls {
  /** Certificate authority that signed the engine's certificate; the system's authorities when absent. */
  readonly caFile?: string
  /** Client certificate; comes with `keyFile`. */
  readonly certFile?: string
  /** Private key of the client certificate. */
  readonly keyFile?: string
  /** Whether the engine's certificate is verified. `false` only when chosen explicitly. */
  readonly verify: boolean
}

/** An engine on this machine, behind a Unix socket or a Windows named pipe. */
export interface SocketEndpoint {
  readonly kind: 'socket'
  /** The address as Docker writes it: `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`. */
  readonly address: string
  /** Who named this address: `DOCKER_HOST`, `context "desktop-linux"`, `default socket`. */
  readonly source: string
  /** What node:net connects to. */
  readonly socketPath: string
}

/** An engine behind TCP, with or without TLS. */
export interface TcpEndpoint {
  readonly kind: 'tcp'
  /** The address as Docker writes it: `tcp://10.0.0.5:2376`. */
  readonly address: string
  /** Who named this address. */
  readonly source: string
  /** Host name or IP address, without the brackets of IPv6. */
  readonly host: string
  readonly port: number
  /** What stands before the API's own paths, without a trailing slash; mostly empty. */
  readonly basePath: string
  /** Absent: plain HTTP. */
  readonly tls?: EngineTls
}

/** Where an engine is and who said so. */
export type EngineEndpoint = SocketEndpoint | TcpEndpoint

/** Whether a host name or IP address can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
