import type { Mark } from '../contract/mark.ts'
import type { Timeline } from '../contract/timeline.ts'
import { CLIENT, type ClockBounds } from './clock-bounds.ts'
import { DRIFT } from './clock-offset.ts'
import { DifferenceConstraints } from './difference-constraints.ts'
import type { KnownMark } from './known-mark.ts'
import { precedes } from './mark-order.ts'
import type { TimeBase } from './time-base.ts'

export type Rung = Timeline['assumptions']

/** The ladder: what is given up, one after the other, until the evidence agrees. */
const LADDER: readonly Rung[] = ['declared', 'free-clocks', 'no-stamps', 'seen-only']

/** The node of `requested`, at 0. Its clock is the client's. */
const ORIGIN = 0

export interface MarkProblem {
  /** Marks that were seen, `requested` not among them. */
  readonly marks: readonly KnownMark[]
  readonly time: TimeBase
  readonly clocks: ClockBounds
  /** The first success received, in microseconds since `requested`: `ready` lies before. */
  readonly detected?: number | undefined
  /** Whether that success came over a connection to the container. */
  readonly probeConnects: boolean
}

/** Where the marks lie, all evidence taken together. Microseconds since `requested`. */
export interface SolvedMarks {
  readonly rung: Rung
  /** Bounds of `to - from`; between two marks of which both were seen (or `requested`). */
  atLeast(from: Mark, to: Mark): number
  atMost(from: Mark, to: Mark): number
  /** The offset (machine - client) at whatever time in `[from, to]`, as far as the machine stamped. */
  offset(
    machine: string,
    from: number,
    to: number,
  ): { readonly earliest: number; readonly latest: number } | undefined
}

/**
 * Closes the evidence, on the highest rung of the ladder at which it agrees, from `first` downwards. The lowest cannot contradict
 * itself: all marks at `requested` would satisfy it.
 */
export function solveMarks(problem: MarkProblem, first: Rung = 'declared'): SolvedMarks {
  const base = close(problem, 'no-stamps')
  if (base === undefined) return solved(problem, 'seen-only', close(problem, 'seen-only'))
  const stamped = problem.marks.some((mark) => !isEmpty(mark.stamps))
  if (!stamped) return solved(problem, first, base)
  for (const rung of LADDER.slice(LADDER.indexOf(first), LADDER.indexOf('no-stamps'))) {
    const closed = close(problem, rung, base)
    if (closed !== undefined) return solved(problem, rung, closed)
  }
  return solved(problem, 'no-stamps', base)
}

interface Closed {
  readonly constraints: DifferenceConstraints
  readonly nodes: Nodes
}

/** Numbers the unknowns: the marks, and each machine's clock at each mark that needs it. */
interface Nodes {
  readonly marks: ReadonlyMap<Mark, number>
  /** Per machine, per mark: (client - machine) at that mark, so that a stamp is a plain difference. */
  readonly clocks: ReadonlyMap<string, ReadonlyMap<Mark, number>>
}

function close(problem: MarkProblem, rung: Rung, base?: Closed): Closed | undefined {
  const stamped = rung === 'declared' || rung === 'free-clocks'
  const { nodes, size } = numberNodes(problem, stamped, rung === 'declared')
  const constraints = new DifferenceConstraints(size)
  demandSightings(constraints, nodes, problem, rung)
  demandOrder(constraints, nodes, problem)
  if (base !== undefined) {
    demandStamps(constraints, nodes, problem)
    demandSteadyClocks(constraints, nodes, base)
    if (rung === 'declared' && !demandDeclared(constraints, nodes, problem, base)) return undefined
  }
  return constraints.close() ? { constraints, nodes } : undefined
}

function numberNodes(
  problem: MarkProblem,
  stamped: boolean,
  declared: boolean,
): { nodes: Nodes; size: number } {
  const marks = new Map<Mark, number>([['requested', ORIGIN]])
  const clocks = new Map<string, Map<Mark, number>>()
  let size = 1
  for (const { mark } of problem.marks) marks.set(mark, size++)
  for (const { mark, stamps } of stamped ? problem.marks : []) {
    for (const stamp of stamps) {
      // A machine's declared skew drags in the machine it is declared against, and so on to the end of the chain.
      for (let machine: string | undefined = stamp.machine; machine !== undefined; ) {
        if (declared && machine === CLIENT) break
        const atMarks: Map<Mark, number> = clocks.get(machine) ?? new Map()
        if (atMarks.has(mark)) break
        clocks.set(machine, atMarks.set(mark, size++))
        machine = declared ? problem.clocks.skew(machine)?.against : undefined
      }
    }
  }
  return { nodes: { marks, clocks }, size }
}

function demandSightings(
  constraints: DifferenceConstraints,
  nodes: Nodes,
  problem: MarkProblem,
  rung: Rung,
): void {
  const seenOnly = rung === 'seen-only'
  for (const known of problem.marks) {
    const earliest = Math.floor(problem.time.micros(known.earliest))
    const latest = Math.ceil(problem.time.micros(known.latest))
    constraints.demand(
      ORIGIN,
      nodeOf(nodes, known.mark),
      seenOnly ? 0 : Math.max(0, earliest),
      seenOnly ? Math.max(0, latest) : latest,
    )
  }
  const ready = nodes.marks.get('ready')
  if (problem.detected !== undefined && ready !== undefined)
    constraints.demand(ORIGIN, ready, 0, problem.detected)
}

function demandOrder(constraints: DifferenceConstraints, nodes: Nodes, problem: MarkProblem): void {
  for (const [first, from] of nodes.marks) {
    for (const [second, to] of nodes.marks) {
      if (from !== to && precedes(first, second, problem.probeConnects)) {
        constraints.demand(from, to, 0, Number.POSITIVE_INFINITY)
      }
    }
  }
}

function demandStamps(constraints: DifferenceConstraints, nodes: Nodes, problem: MarkProblem): void {
  for (const { mark, stamps } of problem.marks) {
    for (const { machine, earliestInMicros, latestInMicros } of stamps) {
      // Without a node of its own it is the client's clock, as declared.
      const clock = nodes.clocks.get(machine)?.get(mark) ?? ORIGIN
      const since = problem.time.requestedInMicros
      constraints.demand(clock, nodeOf(nodes, mark), earliestInMicros - since, latestInMicros - since)
    }
  }
}

/** However wrong a clock is, between two marks its offset changes only by drift. */
function demandSteadyClocks(constraints: DifferenceConstraints, nodes: Nodes, base: Closed): void {
  for (const atMarks of nodes.clocks.values()) {
    for (const [one, from] of atMarks) {
      for (const [other, to] of atMarks) {
        if (from >= to) continue
        const start = nodeOf(base.nodes, one)
        const end = nodeOf(base.nodes, other)
        const apart = Math.max(base.constraints.atMost(start, end), base.constraints.atMost(end, start))
        const drift = Math.ceil(DRIFT * apart)
        constraints.demand(from, to, -drift, drift)
      }
    }
  }
}

/** What the adapter declares and the `Date` headers tell. False where these contradict themselves. */
function demandDeclared(
  constraints: DifferenceConstraints,
  nodes: Nodes,
  problem: MarkProblem,
  base: Closed,
): boolean {
  for (const [machine, atMarks] of nodes.clocks) {
    if (problem.clocks.contradictory(machine)) return false
    const declared = problem.clocks.skew(machine)
    for (const [mark, clock] of atMarks) {
      const node = nodeOf(base.nodes, mark)
      const offset = problem.clocks.offset(
        machine,
        base.constraints.atLeast(ORIGIN, node),
        base.constraints.atMost(ORIGIN, node),
      )
      if (offset !== undefined) constraints.demand(ORIGIN, clock, -offset.latest, -offset.earliest)
      if (declared === undefined) continue
      const against = declared.against === CLIENT ? ORIGIN : nodes.clocks.get(declared.against)?.get(mark)
      if (against !== undefined)
        constraints.demand(against, clock, -declared.skewInMicros, declared.skewInMicros)
    }
  }
  return true
}

function solved(problem: MarkProblem, rung: Rung, closed: Closed | undefined): SolvedMarks {
  if (closed === undefined)
    throw new Error(`the lowest rung of the ladder contradicts itself: ${describe(problem)}`)
  const { constraints, nodes } = closed
  return {
    rung,
    atLeast: (from, to) => constraints.atLeast(nodeOf(nodes, from), nodeOf(nodes, to)),
    atMost: (from, to) => constraints.atMost(nodeOf(nodes, from), nodeOf(nodes, to)),
    offset(machine, from, to) {
      let earliest = Number.NEGATIVE_INFINITY
      let latest = Number.POSITIVE_INFINITY
      for (const [mark, clock] of nodes.clocks.get(machine) ?? []) {
        const node = nodeOf(nodes, mark)
        const apart = Math.max(
          to - constraints.atLeast(ORIGIN, node),
          constraints.atMost(ORIGIN, node) - from,
        )
        const drift = Math.ceil(DRIFT * Math.max(0, apart))
        earliest = Math.max(earliest, 0 - constraints.atMost(ORIGIN, clock) - drift)
        latest = Math.min(latest, 0 - constraints.atLeast(ORIGIN, clock) + drift)
      }
      return earliest === Number.NEGATIVE_INFINITY ? undefined : { earliest, latest }
    },
  }
}

function nodeOf(nodes: Nodes, mark: Mark): number {
  const node = nodes.marks.get(mark)
  if (node === undefined) throw new RangeError(`${mark} was not seen`)
  return node
}

function describe(problem: MarkProblem): string {
  return problem.marks.map(({ mark, earliest, latest }) => `${mark} in [${earliest}, ${latest}]`).join(', ')
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false
  return true
}
