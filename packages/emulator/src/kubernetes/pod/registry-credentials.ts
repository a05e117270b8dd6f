import type { ObjectStore } from '../objects/object-store.ts'
import type { Pod } from '../objects/pod.ts'

interface Credentials {
  readonly username: string
  readonly password: string
}

interface DockerConfig {
  readonly auths?: Readonly<
    Record<string, { readonly username?: string; readonly password?: string; readonly auth?: string }>
  >
}

/** What the Pod's pull secrets hold for the registry of an image. */
export function registryCredentials(image: string, pod: Pod, store: ObjectStore): Credentials | undefined {
  for (const { name = '' } of pod.spec.imagePullSecrets ?? []) {
    const encoded = store.get('secrets', pod.metadata.namespace, name)?.data?.['.dockerconfigjson']
    if (encoded === undefined) continue
    for (const [registry, entry] of Object.entries(parse(encoded).auths ?? {})) {
      const host = registry.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
      const found = image.startsWith(`${host}/`) ? read(entry) : undefined
      if (found) return found
    }
  }
  return undefined
}

function parse(encoded: string): DockerConfig {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64').toString()) as DockerConfig
  } catch {
    // A secret that holds no such file is as good as none.
    return {}
  }
}

function read(entry: NonNullable<DockerConfig['auths']>[string]): Credentials | undefined {
  if (entry.username !== undefined && entry.password !== undefined)
    return { username: entry.username, password: entry.password }
  const [username, ...password] = Buffer.from(entry.auth ?? '', 'base64')
    .toString()
    .split(':')
  return username ? { username, password: password.join(':') } : undefined
}
