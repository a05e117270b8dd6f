interface Node {
  readonly [name: string]: string | Node
}

/**
 * `Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1` as `{ Filter: [{ Name: 'vpc-id', Value: ['vpc-1'] }] }`. Lists are told by their numbers; the
 * `member` that some services put before them is left out.
 */
export function parseQuery(parameters: URLSearchParams): unknown {
  const root: Record<string, unknown> = Object.create(null)
  for (const [key, value] of parameters) {
    const path = key.split('.').filter((part) => part !== 'member')
    const last = path.pop() ?? key
    let node = root
    for (const part of path) {
      const next = node[part]
      const child: Record<string, unknown> =
        typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : Object.create(null)
      node[part] = child
      node = child
    }
    node[last] = value
  }
  return numbered(root as Node)
}

/** Objects whose keys are all numbers are lists. */
function numbered(node: string | Node): unknown {
  if (typeof node === 'string') return node
  const entries = Object.entries(node).map(([key, value]) => [key, numbered(value)] as const)
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key)))
    return entries.sort(([left], [right]) => Number(left) - Number(right)).map(([, value]) => value)
  return Object.fromEntries(entries)
}
