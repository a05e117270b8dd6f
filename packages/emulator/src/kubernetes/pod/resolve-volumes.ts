import type { PodVolume } from '../../backend/backend.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { DownwardSource, FileSource, Pod, Volume } from '../objects/pod.ts'
import { ConfigurationError } from './configuration-error.ts'
import { readField, readResource } from './read-field.ts'

type Files = Record<string, Uint8Array>

/** What is in a Pod's volumes. @throws VolumeError where something is not there */
export function resolveVolumes(pod: Pod, store: ObjectStore): Readonly<Record<string, PodVolume>> {
  return Object.fromEntries(
    (pod.spec.volumes ?? []).map((volume) => {
      try {
        return [volume.name, resolveVolume(volume, pod, store)]
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error
        throw new VolumeError(`MountVolume.SetUp failed for volume "${volume.name}" : ${error.message}`)
      }
    }),
  )
}

/** Why a volume cannot be made yet. */
export class VolumeError extends Error {
  override readonly name = 'VolumeError'
}

function resolveVolume(volume: Volume, pod: Pod, store: ObjectStore): PodVolume {
  const { secret, configMap, downwardAPI, projected } = volume
  if (secret) {
    const { secretName = '', defaultMode: mode } = secret
    const files = secretFiles(secretName, secret, pod, store)
    return { kind: 'files', mode, modes: modesOf([secret]), files }
  }
  if (configMap) {
    const { name = '', defaultMode: mode } = configMap
    const files = configFiles(name, configMap, pod, store)
    return { kind: 'files', mode, modes: modesOf([configMap]), files }
  }
  if (downwardAPI) {
    const { defaultMode: mode } = downwardAPI
    const files = downwardFiles(downwardAPI, pod)
    return { kind: 'files', mode, modes: modesOf([downwardAPI]), files }
  }
  if (!projected) return { kind: 'empty' }
  const { sources = [], defaultMode: mode } = projected
  const files = sources.map((source) => ({
    ...(source.secret && secretFiles(source.secret.name ?? '', source.secret, pod, store)),
    ...(source.configMap && configFiles(source.configMap.name ?? '', source.configMap, pod, store)),
    ...(source.downwardAPI && downwardFiles(source.downwardAPI, pod)),
  }))
  const named = sources.flatMap(
    ({ secret: one, configMap: other, downwardAPI: third }) => one ?? other ?? third ?? [],
  )
  return { kind: 'files', mode, modes: modesOf(named), files: Object.assign({}, ...files) as Files }
}

/** Of the items that have a mode of their own. */
function modesOf(sources: readonly (FileSource | DownwardSource)[]): Readonly<Record<string, number>> {
  const items = sources.flatMap(({ items: all = [] }) => [...all])
  return Object.fromEntries(items.flatMap(({ path, mode }) => (mode === undefined ? [] : [[path, mode]])))
}

function secretFiles(name: string, source: FileSource, { metadata }: Pod, store: ObjectStore): Files {
  const found = store.get('secrets', metadata.namespace, name)
  if (!found) return missing(`secret "${name}" not found`, source)
  const contents = mapValues(found.data ?? {}, (value) => Buffer.from(value, 'base64'))
  return select(contents, source, `secret "${name}"`)
}

function configFiles(name: string, source: FileSource, { metadata }: Pod, store: ObjectStore): Files {
  const found = store.get('configmaps', metadata.namespace, name)
  if (!found) return missing(`configmap "${name}" not found`, source)
  const contents = {
    ...mapValues(found.data ?? {}, (value) => Buffer.from(value)),
    ...mapValues(found.binaryData ?? {}, (value) => Buffer.from(value, 'base64')),
  }
  return select(contents, source, `configmap "${name}"`)
}

function downwardFiles({ items = [] }: DownwardSource, pod: Pod): Files {
  return Object.fromEntries(
    items.map(({ path, fieldRef, resourceFieldRef }) => {
      const text = fieldRef
        ? readField(pod, fieldRef.fieldPath)
        : resourceFieldRef
          ? readResource(pod, undefined, resourceFieldRef)
          : ''
      return [path, Buffer.from(text)]
    }),
  )
}

/** All of it, or only what is named, by the paths that it is given. */
function select(contents: Files, { items, optional }: FileSource, from: string): Files {
  if (items === undefined) return contents
  const files: Files = {}
  for (const { key, path } of items) {
    const content = contents[key]
    if (content !== undefined) files[path] = content
    else if (!optional)
      throw new ConfigurationError(`references non-existent ${from.split(' ')[0]} key: ${key}`)
  }
  return files
}

function missing(message: string, { optional }: FileSource): Files {
  if (optional) return {}
  throw new ConfigurationError(message)
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => Uint8Array): Files {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
