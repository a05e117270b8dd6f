import { MARKS, type TimelinePhase } from '@berth/core'
import { joinPhases } from './join-phases.ts'
import type { StartRecord } from './start-record.ts'

/** One row of a table that sets starts side by side. */
export interface PhaseRow {
  readonly name: string
  /** For `unattributed`: what hides in it. */
  readonly contains: readonly string[]
  /** A cell for each start, in their order; undefined where a start has no such phase. */
  readonly cells: readonly (TimelinePhase | undefined)[]
}

/**
 * The phases of all starts under each other: the union, in an order that keeps that of each start. A failed start has none, for a figure of it
 * would read like one to compare.
 */
export function phaseRows(records: readonly StartRecord[]): PhaseRow[] {
  const columns = records.map(column)
  const phases = new Map(columns.flatMap((column) => [...column]))
  const order = mergeOrders(
    columns.map((column) => [...column.keys()]),
    (key) => usualPlace(phases.get(key)),
  )
  return order.map((key) => {
    const { name = '', contains = [] } = phases.get(key) ?? {}
    return { name, contains, cells: columns.map((column) => column.get(key)) }
  })
}

/** The phases of one start by a key that is the same in every start. */
function column({ status, timeline }: StartRecord): Map<string, TimelinePhase> {
  const keyed = new Map<string, TimelinePhase>()
  for (const phase of status === 'ready' && timeline !== null ? joinPhases(timeline) : []) {
    const key = [phase.name, ...phase.contains].join(' ')
    let unique = key
    // What divides a phase in the middle leaves it twice.
    for (let count = 2; keyed.has(unique); count++) unique = `${key} ${count}`
    keyed.set(unique, phase)
  }
  return keyed
}

/** By the mark at its end. */
function usualPlace(phase: TimelinePhase | undefined): number {
  if (phase === undefined || phase.to === 'detected') return MARKS.length
  return MARKS.indexOf(phase.to)
}

/** One order of all keys that keeps each of the orders, as far as they agree; what they leave open stands in its usual place. */
function mergeOrders(orders: readonly string[][], place: (key: string) => number): string[] {
  const merged: string[] = []
  let rest = orders.filter(({ length }) => length > 0)
  while (rest.length > 0) {
    const heads = [...new Set(rest.flatMap(([head]) => head ?? []))].sort(
      (one, other) => place(one) - place(other),
    )
    const next = heads.find((head) => rest.every((order) => order.indexOf(head) < 1)) ?? heads[0]
    if (next === undefined) break
    merged.push(next)
    rest = rest.map((order) => order.filter((key) => key !== next)).filter(({ length }) => length > 0)
  }
  return merged
}
