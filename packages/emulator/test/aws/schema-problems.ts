/**
 * A shape as the SDK ships it: a number for what is simple, a list for what has parts, a word for what has none, a function where shapes refer to
 * each other.
 */
export type Shape = number | 'unit' | readonly unknown[] | (() => Shape)

/** The numbers that stand for simple shapes; a list of one adds 64, a map 128. */
const SIMPLE: Readonly<Record<number, (value: unknown) => boolean>> = {
  0: (value) => typeof value === 'string',
  1: (value) => typeof value === 'number',
  2: (value) => typeof value === 'boolean',
  4: (value) => typeof value === 'number',
  7: (value) => typeof value === 'number',
  17: (value) => typeof value === 'number',
}
const LIST_OF = 64
const MAP_OF = 128

/** Where a value that goes over the wire as JSON is not what its service's model says; nothing where it is. */
export function schemaProblems(value: unknown, shape: Shape, path = ''): readonly string[] {
  const resolved = resolveShape(shape)
  if (typeof resolved === 'number') return simpleProblems(value, resolved, path)
  const [kind, , , , ...parts] = resolved
  if (kind === 0) return schemaProblems(value, parts[0] as Shape, path)
  if (kind === 1) return listProblems(value, parts[0] as Shape, path)
  if (kind === 2) return mapProblems(value, parts[1] as Shape, path)
  const [names, shapes] = parts as [readonly string[], readonly Shape[]]
  if (!isObject(value)) return [`${path} is no structure`]
  return Object.entries(value).flatMap(([name, member]) => {
    const index = names.indexOf(name)
    if (index < 0) return [`${path}.${name} is not in the model`]
    return schemaProblems(member, shapes[index] ?? 0, `${path}.${name}`)
  })
}

/** A structure without members. */
const NOTHING = [3, '', '', 0, [], []] as const

/** A reference, or a member that carries traits beside its shape, as the shape itself. */
export function resolveShape(shape: Shape): number | readonly unknown[] {
  if (typeof shape === 'function') return resolveShape(shape())
  if (shape === 'unit') return NOTHING
  return isMember(shape) ? resolveShape(shape[0] as Shape) : shape
}

/** What a member carries beside its shape: how it is called in XML, for one. */
export function traitsOf(shape: Shape): Readonly<Record<string, unknown>> {
  if (typeof shape === 'function') return traitsOf(shape())
  const traits = isMember(shape) ? shape[1] : {}
  return typeof traits === 'object' && traits !== null ? (traits as Record<string, unknown>) : {}
}

function isMember(shape: number | 'unit' | readonly unknown[]): shape is readonly unknown[] {
  return typeof shape === 'object' && shape.length === 2
}

function simpleProblems(value: unknown, type: number, path: string): readonly string[] {
  if (type >= MAP_OF) return mapProblems(value, type - MAP_OF, path)
  if (type >= LIST_OF) return listProblems(value, type - LIST_OF, path)
  const fits = SIMPLE[type]
  if (!fits) return [`${path} has a shape that this test does not know: ${type}`]
  return fits(value) ? [] : [`${path} is ${JSON.stringify(value)}, which is not of its type ${type}`]
}

function listProblems(value: unknown, member: Shape, path: string): readonly string[] {
  if (!Array.isArray(value)) return [`${path} is no list`]
  return value.flatMap((item, index) => schemaProblems(item, member, `${path}[${index}]`))
}

function mapProblems(value: unknown, member: Shape, path: string): readonly string[] {
  if (!isObject(value)) return [`${path} is no map`]
  return Object.entries(value).flatMap(([key, item]) => schemaProblems(item, member, `${path}.${key}`))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
