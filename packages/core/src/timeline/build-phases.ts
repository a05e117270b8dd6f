import type { Mark } from '../contract/mark.ts'
import type { TimelineMark, TimelineMinimum, TimelinePhase } from '../contract/timeline.ts'
import { precedes, usualPlace } from './mark-order.ts'
import { impliedSteps, type PhaseEnd, phaseName, stepPlace } from './name-phase.ts'
import type { SolvedMarks } from './solve-marks.ts'

export const UNATTRIBUTED = 'unattributed'

export interface PathOptions {
  readonly solution: SolvedMarks
  /** Up to which width marks are pinned, and a span between two others is told; what one that is no edge may hide of a phase it does not lie in. */
  readonly widest: number
  /** `requested` to the first success received, if there was one: the end of the last phase. */
  readonly total?: number | undefined
}

/** A point between two phases. */
interface Edge {
  readonly name: PhaseEnd
  readonly at: number
  readonly pinned: boolean
  readonly sources: readonly string[]
}

/**
 * The phases between adjacent edges, without gap or overlap, from `requested` to the total, or to the last pinned mark while there is none.
 * `path` are the marks in order of time.
 *
 * An edge is a mark that is pinned, or one whose distance to a neighbour is known as well as that: two stamps of one machine tell how long a
 * pull took, however wrong its clock.
 */
export function buildPhases(path: readonly TimelineMark[], options: PathOptions): TimelinePhase[] {
  const { solution, total } = options
  const until = total ?? path.findLast(({ pinned }) => pinned)?.at ?? 0
  const measured = measuredSteps(path, options)
  const edges: Edge[] = path.filter((mark) => mark.at <= until && (mark.pinned || measured.has(mark)))
  if (total !== undefined) edges.push({ name: 'detected', at: total, pinned: true, sources: [] })
  return edges.slice(1).map((end, index): TimelinePhase => {
    const start = edges[index] ?? end
    const from = start.name as Mark
    const pieces = namePieces(edges, index, path, options)
    const [name = UNATTRIBUTED] = pieces
    const proper =
      pieces.length === 1 &&
      ((start.pinned && end.pinned) || (end.name !== 'detected' && isMeasured(start, end, options)))
    return {
      name: proper ? name : UNATTRIBUTED,
      from,
      to: end.name,
      start: start.at,
      end: end.at,
      duration: end.at - start.at,
      atLeast: bound(
        end,
        (to) => solution.atLeast(from, to),
        () => end.at - solution.atMost('requested', from),
      ),
      atMost: bound(
        end,
        (to) => solution.atMost(from, to),
        () => end.at - solution.atLeast('requested', from),
      ),
      contains: proper ? [] : pieces,
      sources: [...new Set([...start.sources, ...end.sources])],
    }
  })
}

/** The steps whose distance to the one before or behind them is known. What keeps no order with the steps may lie between without harm. */
function measuredSteps(path: readonly TimelineMark[], options: PathOptions): ReadonlySet<TimelineMark> {
  const steps = path.filter(({ name }) => stepPlace(name) !== undefined)
  return new Set(
    steps.flatMap((step, index) => {
      const next = steps[index + 1]
      return next !== undefined && isMeasured(step, next, options) ? [step, next] : []
    }),
  )
}

/** Whether the time between two marks is known well enough to be told, wherever they lie. Flagged marks are placed by less than evidence. */
function isMeasured(
  from: MeasuredMark | undefined,
  to: MeasuredMark | undefined,
  { solution, widest }: PathOptions,
): boolean {
  if (from === undefined || to === undefined || isFlagged(from) || isFlagged(to)) return false
  const [first, second] = [from.name as Mark, to.name as Mark]
  return solution.atMost(first, second) - solution.atLeast(first, second) <= widest
}

interface MeasuredMark {
  readonly name: PhaseEnd
  readonly flags?: TimelineMark['flags'] | undefined
}

function isFlagged({ flags = [] }: MeasuredMark): boolean {
  return flags.length > 0
}

/**
 * What each step took at least, wherever exactly it lay: for the marks that are not pinned, too. Only steps that took anything for
 * sure.
 */
export function guaranteedMinima(
  path: readonly TimelineMark[],
  { solution, total }: PathOptions,
): TimelineMinimum[] {
  const seen = (mark: Mark) => path.some(({ name }) => name === mark)
  const steps: PhaseEnd[] = path.map(({ name }) => name).filter((name) => stepPlace(name) !== undefined)
  steps.sort((one, other) => (stepPlace(one) ?? 0) - (stepPlace(other) ?? 0))
  if (total !== undefined) steps.push('detected')
  return steps.slice(1).flatMap((to, index): TimelineMinimum[] => {
    const step = (steps[index] ?? to) as Mark
    // The call itself is no part of what the cloud did with the order.
    const from = step === 'requested' && seen('accepted') ? 'accepted' : step
    const [last = 0, next = 0] = [stepPlace(step), stepPlace(to)]
    const atLeast =
      to === 'detected' ? (total ?? 0) - solution.atMost('requested', from) : solution.atLeast(from, to)
    if (atLeast <= 0 || impliedSteps(last, next, seen).length > 0) return []
    return [{ name: phaseName(from, to, last, next), from, to, atLeast }]
  })
}

/**
 * The names of what lies between two neighbouring edges: one where it is a single phase, several where marks that are not pinned,
 * or that nobody saw but that must have happened, divide it into pieces of different names. Marks of which a cloud gives no
 * evidence and that need not have happened there (`scheduled` on a local Engine) divide nothing.
 */
function namePieces(
  edges: readonly Edge[],
  index: number,
  path: readonly TimelineMark[],
  { widest }: PathOptions,
): string[] {
  const [start, end] = [edges[index], edges[index + 1]]
  if (start === undefined || end === undefined) return []
  // The call that orders the container takes its time, whatever goes on behind it.
  if (start.name === 'requested' && end.name === 'accepted') return ['accept']
  const last = lastStep(edges, index)
  const next = nextStep(edges, index + 1)
  const hidden = path
    .filter((mark) => !edges.some(({ name }) => name === mark.name) && hides(mark, start, end, widest))
    .map(({ name }) => name)
  const implied = impliedSteps(last, next, (mark) => path.some(({ name }) => name === mark))
  const inner = [...hidden, ...implied].sort((one, other) => usualPlace(one) - usualPlace(other))
  const names: string[] = []
  let from: PhaseEnd = start.name
  let passed = last
  for (const [place, to] of [...inner, end.name].entries()) {
    const ahead = [to, ...inner.slice(place + 1)]
      .map(stepPlace)
      .find((step) => step !== undefined && step > passed)
    names.push(phaseName(from, to, passed, ahead ?? next))
    passed = Math.max(passed, stepPlace(to) ?? 0)
    from = to
  }
  return [...new Set(names)]
}

/**
 * Whether a mark that is no edge lies, or to a notable part may lie, between two edges. What must come before or behind both does not,
 * however wide the edges are.
 */
function hides(mark: TimelineMark, start: Edge, end: Edge, widest: number): boolean {
  if (end.name !== 'detected' && precedes(end.name, mark.name, false)) return false
  if (start.name !== 'requested' && precedes(mark.name, start.name as Mark, false)) return false
  if (mark.at >= start.at && (mark.at < end.at || end.name === 'detected')) return true
  return Math.min(mark.latest, end.at) - Math.max(mark.earliest, start.at) > widest
}

function lastStep(edges: readonly Edge[], index: number): number {
  return Math.max(0, ...edges.slice(0, index + 1).map(({ name }) => stepPlace(name) ?? 0))
}

function nextStep(edges: readonly Edge[], index: number): number | undefined {
  for (const { name } of edges.slice(index)) {
    const place = stepPlace(name)
    if (place !== undefined) return place
  }
  return undefined
}

function bound(end: Edge, toMark: (mark: Mark) => number, toDetected: () => number): number {
  return end.name === 'detected' ? toDetected() : toMark(end.name)
}
