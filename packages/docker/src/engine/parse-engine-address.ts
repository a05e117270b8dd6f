import { EngineConfigurationError } from './engine-configuration-error.ts'
import { type EngineEndpoint, type EngineTls, isLoopback, type TcpEndpoint } from './engine-endpoint.ts'

/** What must be known besides the address itself. */
export interface AddressContext {
  /** Who named the address; part of the endpoint and of every error. */
  readonly source: string
  readonly platform: NodeJS.Platform
  /** TLS that comes with the address; https without it verifies against the system's authorities. */
  readonly tls?: EngineTls | undefined
  /** Accept plain HTTP, or TLS without verification, to another machine. */
  readonly allowInsecure?: boolean | undefined
}

/**
 * Reads an engine's address as DOCKER_HOST and contexts write it: unix, npipe, tcp, http or https.
 * Without a scheme, `host:port` means tcp, as for the docker command.
 *
 * @throws EngineConfigurationError `invalid`, `unsupported` (ssh, fd) or `insecure` (another machine without verified TLS)
 */
export function parseEngineAddress(address: string, context: AddressContext): EngineEndpoint {
  const { source } = context
  if (address.includes('@') && !address.startsWith('ssh:') && !address.startsWith('unix:')) {
    // the part before @ may be a password, so the address is not repeated
    throw invalid(
      `the engine address from ${source} holds a user name; engines authenticate by TLS certificates`,
    )
  }
  const scheme = /^([a-z]+):\/\//.exec(address)?.[1]
  const rest = scheme === undefined ? address : address.slice(scheme.length + 3)
  switch (scheme) {
    case 'unix':
      if (rest === '') throw invalid(`the engine address ${address} from ${source} names no socket`)
      return { kind: 'socket', address, source, socketPath: rest }
    case 'npipe':
      return parsePipe(address, rest, context)
    case undefined:
      if (address.startsWith('/')) {
        throw invalid(`the engine address ${address} from ${source} lacks a scheme: write unix://${address}`)
      }
      return parseTcp(`tcp://${address}`, rest, context)
    case 'tcp':
    case 'http':
    case 'https':
      return parseTcp(address, rest, context)
    case 'ssh':
      throw new EngineConfigurationError(
        'unsupported',
        `ssh engine addresses are not supported (from ${source}): forward the socket, ` +
          'ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock USER@HOST, and set DOCKER_HOST=unix:///tmp/engine.sock',
      )
    default:
      throw new EngineConfigurationError(
        'unsupported',
        `the engine address ${address} from ${source} has an unknown scheme: use unix, npipe, tcp, http or https`,
      )
  }
}

function parsePipe(address: string, rest: string, { source, platform }: AddressContext): EngineEndpoint {
  if (platform !== 'win32') {
    throw new EngineConfigurationError(
      'unsupported',
      `the engine address ${address} from ${source} is a Windows named pipe: use unix:// here`,
    )
  }
  if (rest === '') throw invalid(`the engine address ${address} from ${source} names no pipe`)
  return { kind: 'socket', address, source, socketPath: rest }
}

function parseTcp(address: string, rest: string, context: AddressContext): TcpEndpoint {
  const { source } = context
  const tls = context.tls ?? (address.startsWith('https:') ? { verify: true } : undefined)
  let url: URL
  try {
    // an address like ":2375" means this machine
    url = new URL(`http://${rest.startsWith(':') ? `localhost${rest}` : rest}`)
  } catch {
    throw invalid(`the engine address ${address} from ${source} is not of the form tcp://HOST:PORT`)
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // URL drops :80 as http's own port, so the port is read from the text
  const written = /:(\d+)(?:\/|$)/.exec(rest)?.[1]
  const port = written === undefined ? defaultPort(address, tls) : Number(written)
  const basePath = url.pathname.replace(/\/+$/, '')
  if (!context.allowInsecure && !isLoopback(host)) refuseUnprotected(address, source, tls)
  return { kind: 'tcp', address, source, host, port, basePath, ...(tls && { tls }) }
}

function defaultPort(address: string, tls: EngineTls | undefined): number {
  if (address.startsWith('http:')) return 80
  if (address.startsWith('https:')) return 443
  return tls ? 2376 : 2375
}

function refuseUnprotected(address: string, source: string, tls: EngineTls | undefined): void {
  if (tls?.verify) return
  const lack = tls ? 'does not verify the certificate' : 'has no TLS'
  throw new EngineConfigurationError(
    'insecure',
    `refusing the engine at ${address} (from ${source}): it is another machine and the connection ${lack}, ` +
      'so whoever is on the way gets root there. Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, ' +
      'or choose allowInsecure: true',
  )
}

function invalid(message: string): EngineConfigurationError {
  return new EngineConfigurationError('invalid', message)
}
