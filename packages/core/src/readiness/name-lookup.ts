import type { LookupAddress, LookupAllOptions, LookupOneOptions } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** Long enough that overlapped attempts share an answer, short enough to follow a name that moves. */
const KEEP_IN_MS = { found: 1_000, missing: 250 } as const

interface Entry {
  readonly answer: Promise<readonly LookupAddress[]>
  expiresAt: number
}

const entries = new Map<string, Entry>()

/**
 * Resolves a name for a socket. Attempts overlap, and every system lookup blocks one of the process' four pool threads:
 * they share one under way, and its answer for a moment.
 */
export const lookupName: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, options).then(
    (found) => {
      const first = found[0]
      if (options.all === true) callback(null, [...found])
      else if (first) callback(null, first.address, first.family)
    },
    (error: NodeJS.ErrnoException) => callback(error, '', 0),
  )
}

function resolve(
  hostname: string,
  options: LookupOneOptions | LookupAllOptions,
): Promise<readonly LookupAddress[]> {
  const now = performance.now()
  for (const [key, entry] of entries) if (entry.expiresAt <= now) entries.delete(key)
  const key = `${hostname} ${options.family ?? 0} ${options.hints ?? 0}`
  const known = entries.get(key)
  if (known) return known.answer
  const dns = process.getBuiltinModule('node:dns')
  const entry: Entry = {
    answer: dns.promises.lookup(hostname, { ...options, all: true }),
    expiresAt: Number.POSITIVE_INFINITY,
  }
  entries.set(key, entry)
  entry.answer.then(
    () => {
      entry.expiresAt = performance.now() + KEEP_IN_MS.found
    },
    () => {
      entry.expiresAt = performance.now() + KEEP_IN_MS.missing
    },
  )
  return entry.answer
}
