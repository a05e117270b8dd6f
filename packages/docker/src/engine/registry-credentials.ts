import { askCredentialHelper, type RunHelper } from './credential-helper.ts'
import { readDockerConfig, type StoredAuth } from './docker-config.ts'
import { EngineConfigurationError } from './engine-configuration-error.ts'
import type { CallOptions } from './engine-request.ts'
import { type EngineSurroundings, processSurroundings } from './engine-surroundings.ts'
import { dockerHub } from './image-reference.ts'
import type { RegistryAuth } from './registry-auth.ts'

/** How to look up credentials. */
export interface RegistryCredentialsOptions extends CallOptions {
  /** The machine to look at. Default: this process' environment and files. */
  readonly surroundings?: EngineSurroundings | undefined
  /** Runs a credential helper. Default: the program of that name, found on PATH. */
  readonly runHelper?: RunHelper | undefined
}

/** Docker Hub goes by this key, from the days of its first API. */
const dockerHubKey = 'https://index.docker.io/v1/'

/**
 * The credentials that `docker login` left for a registry: by its credential helper, the credential store, or
 * config.json itself, in this order. Null where there are none, which means: pull without.
 *
 * @param registry as in {@link ImageReference.registry}: `docker.io`, `127.0.0.1:5000`
 * @throws EngineConfigurationError when config.json or the helper cannot be used; no secret is part of it
 */
export async function findRegistryCredentials(
  registry: string,
  options: RegistryCredentialsOptions = {},
): Promise<RegistryAuth | null> {
  options.signal?.throwIfAborted()
  const surroundings = options.surroundings ?? (await processSurroundings())
  const { auths = {}, credHelpers = {}, credsStore } = await readDockerConfig(surroundings)
  const key = registry === dockerHub ? dockerHubKey : registry
  const helper = credHelpers[key] ?? credHelpers[registry] ?? credsStore
  if (helper) {
    const answer = await askCredentialHelper(helper, key, options.signal, options.runHelper)
    if (answer) return answer
  }
  const stored = auths[key] ?? entryOfHost(auths, registry)
  return stored ? decodeStoredAuth(stored, key) : null
}

/** Older logins stored the registry with scheme and path: `https://registry.example/v1/`. */
function entryOfHost(auths: Readonly<Record<string, StoredAuth>>, registry: string): StoredAuth | undefined {
  const hostOf = (key: string) => key.replace(/^https?:\/\//, '').split('/')[0]
  const wanted = registry === dockerHub ? [dockerHub, `index.${dockerHub}`] : [registry]
  return Object.entries(auths).find(([key]) => wanted.includes(hostOf(key) ?? ''))?.[1]
}

function decodeStoredAuth(stored: StoredAuth, serveraddress: string): RegistryAuth | null {
  const { auth, identitytoken, registrytoken } = stored
  let { username, password } = stored
  if (auth) {
    const text = Buffer.from(auth, 'base64').toString('utf8')
    const colon = text.indexOf(':')
    if (colon < 1) {
      throw new EngineConfigurationError(
        'invalid',
        `config.json's entry for ${serveraddress} is not base64 of user:password: docker login again`,
      )
    }
    username = text.slice(0, colon)
    // docker pads it with zero bytes in old files
    password = text.slice(colon + 1).replace(/\0+$/, '')
  }
  // the credential store leaves an empty entry behind, which only notes that a login happened
  if (!username && !identitytoken && !registrytoken) return null
  return {
    serveraddress,
    ...(username && { username }),
    // with a token the password is not used
    ...(password && !identitytoken && { password }),
    ...(identitytoken && { identitytoken }),
    ...(registrytoken && { registrytoken }),
  }
}
