import { type PlannedContainer, reveal } from '@berth/core'
import {
  EngineConfigurationError,
  findRegistryCredentials,
  parseImageReference,
  type RegistryAuth,
} from './engine/index.ts'

/** What to pull with. */
export interface FoundCredentials {
  /** Null: without credentials. */
  readonly auth: RegistryAuth | null
  /** Why none could be looked up. Public images do without, so it matters only once the registry refuses. */
  readonly problem?: string
}

/** The credentials for a container's image: the spec's own, else those that `docker login` left. */
export async function findPullCredentials(
  { image, registry }: Pick<PlannedContainer, 'image' | 'registry'>,
  signal: AbortSignal,
): Promise<FoundCredentials> {
  const { registry: host } = parseImageReference(image)
  if (registry) {
    const { username, password, server = host } = registry
    return { auth: { username, password: await reveal(password), serveraddress: server } }
  }
  try {
    return { auth: await findRegistryCredentials(host, { signal }) }
  } catch (error) {
    if (!EngineConfigurationError.isInstance(error)) throw error
    return { auth: null, problem: error.message }
  }
}
