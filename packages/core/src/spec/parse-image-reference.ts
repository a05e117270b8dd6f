import { showValue } from './show-value.ts'

/** The parts of an image's name. */
export interface ImageReference {
  /** `registry.example:5000`; undefined where the name leaves it to the cloud's default. */
  readonly registry: string | undefined
  /** `team/app`, `nginx`. */
  readonly repository: string
  readonly tag: string | undefined
  /** `sha256:…`. */
  readonly digest: string | undefined
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const REGISTRY = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/

/** Takes an image's name apart. Throws RangeError, with the nearest name that could be meant, for what no registry can hold. */
export function parseImageReference(image: string): ImageReference {
  if (image.trim() === '') throw new RangeError("is empty; write the image to run, such as 'nginx:1'")
  if (/\s/.test(image)) {
    throw new RangeError(
      `${showValue(image)} holds white space; did you mean ${showValue(image.replace(/\s+/g, ''))}?`,
    )
  }
  const scheme = /^[a-z]+:\/\//i.exec(image)
  if (scheme !== null) {
    throw new RangeError(
      `${showValue(image)} is a URL; an image's name has no scheme: ${showValue(image.slice(scheme[0].length))}`,
    )
  }
  const [named, digest, ...more] = image.split('@') as [string, ...string[]]
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) {
    throw new RangeError(`${showValue(image)} has no valid digest; write …@sha256: and 64 hexadecimal digits`)
  }
  const slash = named.indexOf('/')
  const first = slash === -1 ? '' : named.slice(0, slash)
  const hasRegistry = /[.:]/.test(first) || first === 'localhost'
  const registry = hasRegistry ? first : undefined
  const path = hasRegistry ? named.slice(slash + 1) : named
  const colon = path.lastIndexOf(':')
  const repository = colon === -1 ? path : path.slice(0, colon)
  const tag = colon === -1 ? undefined : path.slice(colon + 1)
  if (registry !== undefined && !REGISTRY.test(registry)) {
    throw new RangeError(
      `${showValue(image)}: ${showValue(registry)} is no registry; write host or host:port before the first slash`,
    )
  }
  if (tag !== undefined && !TAG.test(tag)) {
    throw new RangeError(
      `${showValue(image)}: ${showValue(tag)} is no tag; write up to 128 letters, digits, '_', '.' and '-'`,
    )
  }
  if (!repository.split('/').every((component) => COMPONENT.test(component))) {
    const lower = repository.toLowerCase()
    const advice =
      lower !== repository && lower.split('/').every((component) => COMPONENT.test(component))
        ? `names are in lower case: ${showValue(image.replace(repository, lower))}`
        : "write lower-case letters and digits, parted by '.', '_', '-' or '/'"
    const where = repository === image ? '' : `${showValue(image)}: `
    throw new RangeError(`${where}${showValue(repository)} is no repository; ${advice}`)
  }
  return { registry, repository, tag, digest }
}
