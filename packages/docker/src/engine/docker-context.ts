import { dockerConfigFolder } from './docker-config.ts'
import { EngineConfigurationError } from './engine-configuration-error.ts'
import type { EngineEndpoint, EngineTls } from './engine-endpoint.ts'
import type { EngineSurroundings } from './engine-surroundings.ts'
import { parseEngineAddress } from './parse-engine-address.ts'

/** The part of a context's meta.json that is read here. */
interface ContextMetadata {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string; readonly SkipTLSVerify?: boolean } }
}

/**
 * Reads the engine of a docker context, with the TLS files stored beside it.
 *
 * @param chosenBy who named the context (`DOCKER_CONTEXT`), for errors and the endpoint's source
 * @throws EngineConfigurationError `not-found` when there is no such context, else as {@link parseEngineAddress}
 */
export async function readDockerContext(
  name: string,
  chosenBy: string,
  surroundings: EngineSurroundings,
  allowInsecure?: boolean,
): Promise<EngineEndpoint> {
  const { createHash } = await import('node:crypto')
  // docker names a context's folders by the digest of its name
  const digest = createHash('sha256').update(name).digest('hex')
  const contexts = `${dockerConfigFolder(surroundings)}/contexts`
  const metadataPath = `${contexts}/meta/${digest}/meta.json`
  const source = `context "${name}" (${chosenBy})`
  const text = await surroundings.readText(metadataPath)
  if (text === null) {
    throw new EngineConfigurationError(
      'not-found',
      `there is no docker context "${name}" (named by ${chosenBy}): "docker context ls" lists those that exist`,
      [{ place: metadataPath, outcome: 'does not exist' }],
    )
  }
  const docker = parseMetadata(text, metadataPath).Endpoints?.docker
  if (!docker?.Host) {
    throw new EngineConfigurationError('invalid', `the docker ${source} names no engine in ${metadataPath}`)
  }
  const files = await tlsFiles(`${contexts}/tls/${digest}/docker`, surroundings)
  const skipsVerification = docker.SkipTLSVerify === true
  const tls = files || skipsVerification ? { ...files, verify: !skipsVerification } : undefined
  return parseEngineAddress(docker.Host, { source, platform: surroundings.platform, tls, allowInsecure })
}

/** The TLS files of a folder laid out as docker does, null where it holds none. */
export async function tlsFiles(
  folder: string,
  surroundings: EngineSurroundings,
): Promise<Omit<EngineTls, 'verify'> | null> {
  const present = async (name: string) => (await surroundings.readText(`${folder}/${name}`)) !== null
  const [ca, cert, key] = await Promise.all([present('ca.pem'), present('cert.pem'), present('key.pem')])
  if (!ca && !cert && !key) return null
  return {
    ...(ca && { caFile: `${folder}/ca.pem` }),
    ...(cert && { certFile: `${folder}/cert.pem` }),
    ...(key && { keyFile: `${folder}/key.pem` }),
  }
}

function parseMetadata(text: string, path: string): ContextMetadata {
  try {
    return JSON.parse(text) as ContextMetadata
  } catch (cause) {
    throw new EngineConfigurationError('invalid', `${path} is not valid JSON (${String(cause)})`)
  }
}
