import { invalidPatch } from './invalid-patch.ts'
import { isRecord } from './merge-patch.ts'

/** By which field the items of a list are told apart, by the list's name; other lists are replaced as a whole. */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  // Of a container, then of a Service.
  ports: ['containerPort', 'port'],
  conditions: ['type'],
  addresses: ['type'],
  taints: ['key'],
  ownerReferences: ['uid'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
}
/** Lists of plain values that are joined. */
const JOINED = new Set(['finalizers'])

/** Kubernetes' own patch: lists of named things are merged by their names, and `$patch`, `$deleteFromPrimitiveList` say the rest. */
export function strategicMergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch
  if (patch.$patch === 'replace') return withoutDirectives(patch)
  if (patch.$patch === 'delete') return undefined
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    const list = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1]
    if (list !== undefined) merged[list] = withoutValues(merged[list], value)
    else if (key.startsWith('$')) continue
    else if (value === null) delete merged[key]
    else if (Array.isArray(value)) merged[key] = mergeList(key, merged[key], value)
    else {
      const result = strategicMergePatch(merged[key], value)
      if (result === undefined) delete merged[key]
      else merged[key] = result
    }
  }
  return merged
}

function mergeList(name: string, target: unknown, patch: readonly unknown[]): unknown[] {
  const before = Array.isArray(target) ? target : []
  if (JOINED.has(name)) return [...new Set([...before, ...patch])]
  if (patch.some((item) => isRecord(item) && item.$patch === 'replace'))
    return patch.filter((item) => !(isRecord(item) && item.$patch === 'replace'))
  const key = MERGE_KEYS[name]?.find((one) => patch.some((item) => isRecord(item) && one in item))
  if (key === undefined) {
    if (MERGE_KEYS[name] && patch.length > 0)
      throw invalidPatch(
        `map: ${JSON.stringify(patch[0])} does not contain declared merge key: ${MERGE_KEYS[name].join(' or ')}`,
      )
    return [...patch]
  }
  const merged = [...before]
  for (const item of patch) {
    const index = merged.findIndex((one) => isRecord(one) && isRecord(item) && one[key] === item[key])
    if (isRecord(item) && item.$patch === 'delete') {
      if (index >= 0) merged.splice(index, 1)
    } else if (index >= 0) merged[index] = strategicMergePatch(merged[index], item)
    else merged.push(strategicMergePatch({}, item))
  }
  return merged
}

function withoutValues(list: unknown, values: unknown): unknown[] {
  const gone = Array.isArray(values) ? values : []
  return Array.isArray(list) ? list.filter((value) => !gone.includes(value)) : []
}

function withoutDirectives(patch: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')))
}
