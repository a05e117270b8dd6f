import { isDeepStrictEqual } from 'node:util'
import { invalidPatch } from './invalid-patch.ts'
import { isRecord } from './merge-patch.ts'

interface Operation {
  readonly op?: unknown
  readonly path?: unknown
  readonly from?: unknown
  readonly value?: unknown
}

type Container = Record<string, unknown> | unknown[]

/** RFC 6902: operations one after another, all or none. @throws StatusError */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw invalidPatch('a JSON patch is a list of operations')
  const box = { root: structuredClone(target) }
  for (const operation of patch as readonly Operation[]) apply(box, operation)
  return box.root
}

function apply(box: { root: unknown }, { op, path, from, value }: Operation): void {
  const to = pointer(path)
  if (op === 'add') put(box, to, value, true)
  else if (op === 'replace') {
    read(box, to)
    put(box, to, value, false)
  } else if (op === 'remove') take(box, to)
  else if (op === 'move') put(box, to, take(box, pointer(from)), true)
  else if (op === 'copy') put(box, to, structuredClone(read(box, pointer(from))), true)
  else if (op !== 'test') throw invalidPatch(`unexpected operation ${JSON.stringify(op)}`)
  else if (!isDeepStrictEqual(read(box, to), value)) throw invalidPatch(`testing value ${path} failed`)
}

function pointer(path: unknown): readonly string[] {
  if (typeof path !== 'string' || (path !== '' && !path.startsWith('/')))
    throw invalidPatch(`${JSON.stringify(path)} is no path`)
  return path
    .split('/')
    .slice(1)
    .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(box: { root: unknown }, path: readonly string[]): unknown {
  return path.reduce((value, word) => {
    const found = isContainer(value) ? (value as Record<string, unknown>)[word] : undefined
    if (found === undefined) throw missing(path)
    return found
  }, box.root)
}

function put(box: { root: unknown }, path: readonly string[], value: unknown, inserts: boolean): void {
  const last = path.at(-1)
  if (last === undefined) {
    box.root = value
    return
  }
  const parent = parentOf(box, path)
  if (!Array.isArray(parent)) parent[last] = value
  else if (inserts) parent.splice(last === '-' ? parent.length : indexIn(parent, last, path), 0, value)
  else parent[indexIn(parent, last, path)] = value
}

function take(box: { root: unknown }, path: readonly string[]): unknown {
  const value = read(box, path)
  const parent = parentOf(box, path)
  const last = path.at(-1) ?? ''
  if (Array.isArray(parent)) parent.splice(indexIn(parent, last, path), 1)
  else delete parent[last]
  return value
}

function parentOf(box: { root: unknown }, path: readonly string[]): Container {
  const parent = read(box, path.slice(0, -1))
  if (!isContainer(parent)) throw missing(path)
  return parent
}

function indexIn(list: readonly unknown[], word: string, path: readonly string[]): number {
  const index = Number(word)
  if (!/^\d+$/.test(word) || index > list.length) throw missing(path)
  return index
}

function isContainer(value: unknown): value is Container {
  return Array.isArray(value) || isRecord(value)
}

function missing(path: readonly string[]) {
  return invalidPatch(`there is nothing at /${path.join('/')}`)
}
