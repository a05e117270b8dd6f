import { EngineConfigurationError } from './engine-configuration-error.ts'
import type { EngineSurroundings } from './engine-surroundings.ts'

/** The fields of docker's config.json that are read here. */
export interface DockerConfig {
  readonly currentContext?: string
  readonly auths?: Readonly<Record<string, StoredAuth>>
  readonly credsStore?: string
  readonly credHelpers?: Readonly<Record<string, string>>
}

/** One registry's entry under `auths`; base64 is no encryption, so it is a secret. */
export interface StoredAuth {
  /** base64 of `user:password`. */
  readonly auth?: string
  readonly username?: string
  readonly password?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

/** The folder of docker's configuration: `$DOCKER_CONFIG`, else `~/.docker`. */
export function dockerConfigFolder(surroundings: EngineSurroundings): string {
  return surroundings.environment.DOCKER_CONFIG || `${surroundings.home}/.docker`
}

/**
 * Reads docker's config.json; an absent file is an empty configuration.
 *
 * @throws EngineConfigurationError `invalid` when it is not a JSON object; its content is never repeated
 */
export async function readDockerConfig(surroundings: EngineSurroundings): Promise<DockerConfig> {
  const path = `${dockerConfigFolder(surroundings)}/config.json`
  const text = await surroundings.readText(path)
  if (text === null || text.trim() === '') return {}
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    // the parser's own message quotes the file, which may hold credentials
    throw new EngineConfigurationError('invalid', `${path} is not valid JSON: mend or remove it`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new EngineConfigurationError('invalid', `${path} does not hold a JSON object: mend or remove it`)
  }
  return parsed as DockerConfig
}
