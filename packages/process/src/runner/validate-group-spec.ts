import { isAbsolute } from 'node:path'
import { findImage } from './catalogue.ts'
import type { GroupContainerSpec, GroupSpec } from './group-spec.ts'
import { resolveInRoot } from './resolve-in-root.ts'

const namePattern = /^[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?$/

/**
 * Refuses a spec that could not be run, before anything is written.
 * @throws TypeError or RangeError naming the field; RunnerError `unknown-image`
 */
export function validateGroupSpec(spec: GroupSpec): void {
  requireName('the group', spec.name)
  if (spec.containers.every((container) => container.sidecar === true)) {
    throw new TypeError(`group ${spec.name} needs at least one container that is not a sidecar`)
  }
  const containers = [...(spec.initContainers ?? []), ...spec.containers]
  requireDistinct(
    'container',
    containers.map((container) => container.name),
  )
  if (containers.length > 255) throw new RangeError(`group ${spec.name} has more than 255 containers`)
  for (const volume of spec.volumes ?? []) requireName('a volume', volume)
  requireDistinct('volume', spec.volumes ?? [])
  for (const container of containers) validateContainer(container, new Set(spec.volumes))
  if (spec.initContainers?.some((container) => container.sidecar === true)) {
    throw new TypeError(`group ${spec.name}: an init container runs to its end, so it cannot be a sidecar`)
  }
  if (spec.maxLifetimeInMs !== undefined && !(spec.maxLifetimeInMs > 0)) {
    throw new RangeError(`maxLifetimeInMs must be above 0, not ${spec.maxLifetimeInMs}`)
  }
  for (const [key, value] of Object.entries(spec.labels ?? {})) validateLabel(key, value)
}

/** Refuses a label whose key is empty or which is no text. */
export function validateLabel(key: string, value: unknown): void {
  if (key === '') throw new TypeError('a label needs a key')
  if (typeof value !== 'string') throw new TypeError(`the label ${key} must be text`)
}

function validateContainer(container: GroupContainerSpec, volumes: ReadonlySet<string>): void {
  requireName('a container', container.name)
  findImage(container.image)
  const where = `container ${container.name}`
  if (container.command?.length === 0 || container.command?.[0] === '') {
    throw new TypeError(`${where}: command must name a program`)
  }
  for (const part of [...(container.command ?? []), ...(container.args ?? [])]) {
    if (part.includes('\0')) throw new TypeError(`${where}: an argument holds no zero byte`)
  }
  validateEnvironment(where, container.env ?? {})
  const paths = [...(container.files ?? []), ...(container.mounts ?? [])].map((placed) => placed.path)
  for (const path of paths) {
    if (resolveInRoot('/', path) === resolveInRoot('/', '')) {
      throw new TypeError(`${where}: ${JSON.stringify(path)} is the container's directory itself`)
    }
  }
  resolveInRoot('/', container.workingDirectory ?? '')
  for (const { volume, hostPath } of container.mounts ?? []) {
    if (hostPath !== undefined && !isAbsolute(hostPath))
      throw new TypeError(`${where}: ${JSON.stringify(hostPath)} is no absolute path of this machine`)
    if (volume !== undefined && !volumes.has(volume))
      throw new TypeError(`${where}: the group has no volume ${JSON.stringify(volume)}`)
  }
  for (const port of container.ports ?? []) {
    for (const [name, value] of Object.entries(port)) {
      if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= 65_535)) {
        throw new RangeError(`${where}: ${name} must be between 1 and 65535, not ${value}`)
      }
    }
  }
}

/** Refuses names and values that no operating system can carry. Values are left out of the message: they may be secret. */
export function validateEnvironment(where: string, env: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(env)) {
    if (name === '' || name.includes('=') || name.includes('\0')) {
      throw new TypeError(`${where}: ${JSON.stringify(name)} is no name of an environment variable`)
    }
    if (typeof value !== 'string' || value.includes('\0')) {
      throw new TypeError(`${where}: the environment variable ${name} must be text without zero bytes`)
    }
  }
}

function requireName(what: string, name: string): void {
  if (!namePattern.test(name)) {
    throw new TypeError(
      `${what} is named by lower-case letters, digits, - _ and . (at most 63, a letter or digit at both ends), not ${JSON.stringify(name)}`,
    )
  }
}

function requireDistinct(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new TypeError(`two have the ${what} name ${twice}`)
}
