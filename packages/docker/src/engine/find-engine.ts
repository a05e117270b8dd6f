import { dockerConfigFolder, readDockerConfig } from './docker-config.ts'
import { readDockerContext, tlsFiles } from './docker-context.ts'
import { EngineConfigurationError, type PlaceLookedAt } from './engine-configuration-error.ts'
import type { EngineEndpoint, EngineTls } from './engine-endpoint.ts'
import { type EngineSurroundings, processSurroundings } from './engine-surroundings.ts'
import { parseEngineAddress } from './parse-engine-address.ts'
import { usualSockets } from './usual-sockets.ts'

/** How to choose an engine; all absent means what the docker command would use. */
export interface FindEngineOptions {
  /** An address, as in DOCKER_HOST; wins over everything else. */
  readonly host?: string | undefined
  /** A docker context by name. Not together with `host`. */
  readonly context?: string | undefined
  /** Accept another machine without TLS, or without verifying its certificate. Default: refused. */
  readonly allowInsecure?: boolean | undefined
  /** The machine to look at. Default: this process' environment, files and sockets. */
  readonly surroundings?: EngineSurroundings | undefined
}

/**
 * Finds the engine as its users expect: `host` > `context` > DOCKER_HOST > DOCKER_CONTEXT > the current
 * context of docker's config.json > the first of the usual sockets that something listens on (Docker,
 * rootless Docker, Docker Desktop, Podman). A chosen address is not tried here: the first call does that.
 *
 * @throws EngineConfigurationError with every place that was looked at
 * @throws TypeError when both `host` and `context` are given
 */
export async function findEngine(options: FindEngineOptions = {}): Promise<EngineEndpoint> {
  const { host, context, allowInsecure } = options
  if (host !== undefined && context !== undefined) {
    throw new TypeError('give either host or context of the engine, not both')
  }
  const surroundings = options.surroundings ?? (await processSurroundings())
  const { environment, platform } = surroundings
  const fromAddress = async (address: string, source: string) =>
    parseEngineAddress(address, {
      source,
      platform,
      tls: needsNoTls(address) ? undefined : await environmentTls(surroundings),
      allowInsecure,
    })

  if (host !== undefined) return fromAddress(host, 'the host option')
  if (context !== undefined && context !== 'default') {
    return readDockerContext(context, 'the context option', surroundings, allowInsecure)
  }
  // the context named "default" stands for DOCKER_HOST and the usual sockets, whatever config.json says
  if (environment.DOCKER_HOST) return fromAddress(environment.DOCKER_HOST, 'DOCKER_HOST')
  const places: PlaceLookedAt[] = [{ place: 'DOCKER_HOST', outcome: 'not set' }]
  const named = context ?? environment.DOCKER_CONTEXT
  if (named) {
    if (named !== 'default') return readDockerContext(named, 'DOCKER_CONTEXT', surroundings, allowInsecure)
  } else {
    places.push({ place: 'DOCKER_CONTEXT', outcome: 'not set' })
    const current = (await readDockerConfig(surroundings)).currentContext
    const configPath = `${dockerConfigFolder(surroundings)}/config.json`
    if (current && current !== 'default') {
      return readDockerContext(current, `current in ${configPath}`, surroundings, allowInsecure)
    }
    places.push({ place: configPath, outcome: 'names no current context' })
  }
  return firstListening(surroundings, places)
}

async function firstListening(
  surroundings: EngineSurroundings,
  places: PlaceLookedAt[],
): Promise<EngineEndpoint> {
  let forbidden: string | undefined
  for (const { address, source } of usualSockets(surroundings)) {
    const endpoint = parseEngineAddress(address, { source, platform: surroundings.platform })
    if (endpoint.kind !== 'socket') continue
    const refusal = await surroundings.tryConnect(endpoint.socketPath)
    if (refusal === null) return endpoint
    if (refusal === 'EACCES' || refusal === 'EPERM') forbidden ??= endpoint.socketPath
    places.push({ place: address, outcome: describe(refusal) })
  }
  const advice = forbidden
    ? `You may not open ${forbidden}: join its group ("docker"), or use a rootless engine.`
    : 'Start Docker or Podman, or set DOCKER_HOST.'
  const list = places.map(({ place, outcome }) => `\n  ${place}: ${outcome}`).join('')
  throw new EngineConfigurationError(
    'not-found',
    `no container engine was found. ${advice} Looked at:${list}`,
    places,
  )
}

function describe(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist'
    case 'ECONNREFUSED':
      return 'exists, but nothing listens on it'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    default:
      return code
  }
}

function needsNoTls(address: string): boolean {
  return /^(unix|npipe|http|ssh):/.test(address)
}

/**
 * TLS as the docker command's environment asks for it. DOCKER_CERT_PATH alone turns it on too, verified: whoever
 * has certificates means them to be used.
 */
async function environmentTls(surroundings: EngineSurroundings): Promise<EngineTls | undefined> {
  const { DOCKER_TLS_VERIFY, DOCKER_TLS, DOCKER_CERT_PATH } = surroundings.environment
  if (!DOCKER_TLS_VERIFY && !DOCKER_TLS && !DOCKER_CERT_PATH) return undefined
  const folder = DOCKER_CERT_PATH || dockerConfigFolder(surroundings)
  const files = await tlsFiles(folder, surroundings)
  if (!files && DOCKER_CERT_PATH) {
    throw new EngineConfigurationError(
      'invalid',
      `DOCKER_CERT_PATH is ${folder}, which holds none of ca.pem, cert.pem and key.pem`,
    )
  }
  return { ...files, verify: Boolean(DOCKER_TLS_VERIFY) || !DOCKER_TLS }
}
