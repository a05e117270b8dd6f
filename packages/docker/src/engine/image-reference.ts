/** An image's name in full. */
export interface ImageReference {
  /** Registry with its port: `docker.io`, `127.0.0.1:5000`. */
  readonly registry: string
  /** Path in the registry: `library/nginx`. */
  readonly repository: string
  /** Absent where a digest alone was given; `latest` where neither was. */
  readonly tag?: string
  /** `sha256:…` */
  readonly digest?: string
  /** Registry and repository: `docker.io/library/nginx`. */
  readonly name: string
  /** The whole reference, unambiguous: `docker.io/library/nginx:latest`. */
  readonly canonical: string
}

const component = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/
const domain =
  /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d+)?$/
const tagForm = /^\w[\w.-]{0,127}$/
const digestForm = /^[a-zA-Z][a-zA-Z0-9]*(?:[+._-][a-zA-Z][a-zA-Z0-9]*)*:[0-9a-fA-F]{32,}$/
const longestName = 255

/** The registry that names without one mean. */
export const dockerHub = 'docker.io'

/**
 * Reads an image's name as the docker command does: `nginx` is `docker.io/library/nginx:latest`; the part before the
 * first slash is a registry if it has a dot, a colon or a capital letter, or is `localhost`.
 *
 * @throws TypeError when it is not an image reference; the message says which part
 */
export function parseImageReference(text: string): ImageReference {
  const [beforeDigest = '', digest, ...more] = text.split('@')
  if (more.length > 0 || (digest !== undefined && !digestForm.test(digest))) {
    throw refused(text, 'what follows @ is no digest such as sha256:…')
  }
  const colon = beforeDigest.lastIndexOf(':')
  const hasTag = colon > beforeDigest.lastIndexOf('/')
  const path = hasTag ? beforeDigest.slice(0, colon) : beforeDigest
  const writtenTag = hasTag ? beforeDigest.slice(colon + 1) : undefined
  if (writtenTag !== undefined && !tagForm.test(writtenTag)) {
    throw refused(text, `"${writtenTag}" is no tag: letters, digits, _ . -, at most 128`)
  }
  const { registry, repository } = splitRegistry(path)
  if (!domain.test(registry)) throw refused(text, `"${registry}" is no registry`)
  const name = `${registry}/${repository}`
  for (const part of repository.split('/')) {
    if (!component.test(part)) {
      throw refused(
        text,
        `"${part}" is no part of a name: lower-case letters and digits, joined by . _ __ or -`,
      )
    }
  }
  if (name.length > longestName) throw refused(text, `its name is longer than ${longestName} characters`)
  if (/^[0-9a-f]{64}$/.test(path)) throw refused(text, '64 hexadecimal digits are an image id, not a name')
  const tag = writtenTag ?? (digest === undefined ? 'latest' : undefined)
  return {
    registry,
    repository,
    name,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    canonical: name + (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`),
  }
}

function splitRegistry(path: string): { registry: string; repository: string } {
  const slash = path.indexOf('/')
  const first = slash === -1 ? '' : path.slice(0, slash)
  const namesRegistry = /[.:A-Z]/.test(first) || first === 'localhost'
  const registry = namesRegistry ? first : dockerHub
  const rest = namesRegistry ? path.slice(slash + 1) : path
  if (registry !== dockerHub && registry !== `index.${dockerHub}`) return { registry, repository: rest }
  return { registry: dockerHub, repository: rest.includes('/') ? rest : `library/${rest}` }
}

function refused(text: string, reason: string): TypeError {
  return new TypeError(`"${text}" is not an image reference: ${reason}`)
}
