import type { Answer } from './read-recording.ts'

/** Something that an emulated answer says otherwise than the recorded one. */
export interface Difference {
  /** `status`, `header date`, `body properties.containers[0].name` */
  readonly path: string
  /** Absent: only the other has it. */
  readonly recorded?: unknown
  readonly emulated?: unknown
}

export interface Comparison {
  /** Everything that either answer says. */
  readonly fieldCount: number
  readonly differences: readonly Difference[]
}

/** Holds two answers against each other: status, headers and body, down to every single value. */
export function findDifferences(recorded: Answer, emulated: Answer): Comparison {
  const [left, right] = [flatten(recorded), flatten(emulated)]
  const paths = [...new Set([...left.keys(), ...right.keys()])]
  return {
    fieldCount: paths.length,
    differences: paths
      .filter((path) => left.get(path) !== right.get(path))
      .map((path) => ({
        path,
        ...(left.has(path) && { recorded: left.get(path) }),
        ...(right.has(path) && { emulated: right.get(path) }),
      })),
  }
}

/** `body properties.sku: nothing was recorded, "Standard" is answered` */
export function describeDifference({ path, recorded, emulated }: Difference): string {
  const [was, is] = [recorded, emulated].map((value) => JSON.stringify(value) ?? 'nothing')
  return `${path}: ${was} was recorded, ${is} is answered`
}

function flatten({ status, headers, body }: Answer): Map<string, unknown> {
  const fields = new Map<string, unknown>([['status', status]])
  for (const [name, value] of Object.entries(headers)) fields.set(`header ${name}`, value)
  if (body !== undefined) flattenInto(fields, 'body', body)
  return fields
}

function flattenInto(fields: Map<string, unknown>, path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    fields.set(path, value)
    return
  }
  const isList = Array.isArray(value)
  const entries = isList ? listEntries(value) : Object.entries(value)
  // That it is there, and which of both it is, counts where it is empty too.
  fields.set(`${path}${isList ? '[]' : '{}'}`, entries.length === 0 ? 'empty' : 'filled')
  for (const [name, item] of entries)
    flattenInto(fields, isList ? `${path}[${name}]` : join(path, name), item)
}

/** An event is found again by what it says, not by its place: how many came before it is another difference. */
function listEntries(items: readonly unknown[]): [string, unknown][] {
  const told = new Map<string, number>()
  return items.map((item, index) => {
    const { name, message } = (item ?? {}) as { name?: unknown; message?: unknown }
    if (message === undefined) return [String(index), item]
    const event = `${name}: ${message}`
    const count = (told.get(event) ?? 0) + 1
    told.set(event, count)
    return [count === 1 ? event : `${event}, told again (${count})`, item]
  })
}

function join(path: string, name: string): string {
  return path === 'body' ? `body ${name}` : `${path}.${name}`
}
