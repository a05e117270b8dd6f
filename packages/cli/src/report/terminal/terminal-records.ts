import { plainLine } from '../plain-text.ts'
import type { StartRecord } from '../start-record.ts'

/** The records with every text in them fit for one line of a terminal. */
export function terminalRecords(records: readonly StartRecord[]): StartRecord[] {
  return records.map((record) => plain(record) as StartRecord)
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainLine(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}
