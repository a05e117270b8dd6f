import type { Mark } from '../../contract/mark.ts'
import type { SimulatedStart } from './simulated-cloud.ts'

/** What a scenario's starts came to. */
export interface Figures {
  /** Share of all marks whose true time lies in their interval. */
  readonly coverage: number
  /** Share of starts on each rung. */
  readonly rungs: Readonly<Record<string, number>>
  /** Share of starts with a named phase of at least twice its truth. */
  readonly doubled: number
  /** The same, were phases drawn between all marks' midpoints, pinned or not. */
  readonly doubledByMidpoints: number
  /** The named phases' (claimed - true) / true: the median over all phases of all starts. */
  readonly overclaim: number
  /** Share of all time that named phases claim beyond their truth. */
  readonly overclaimedTime: number
  /** Share of the totals' time in named phases. */
  readonly named: number
  /** Median width of a mark's interval, in milliseconds. */
  readonly widthInMs: Readonly<Record<string, number>>
}

export function figures(starts: readonly SimulatedStart[]): Figures {
  const marks = starts.flatMap(({ timeline, truth }) =>
    timeline.marks.flatMap((mark) => {
      const instant = truth.get(mark.name)
      return instant === undefined
        ? []
        : [{ ...mark, covered: mark.earliest <= instant && instant <= mark.latest }]
    }),
  )
  const claims = starts.map(namedClaims)
  const names = [...new Set(marks.map(({ name }) => name))]
  const widths = names.map((name) => [
    name,
    median(marks.filter((mark) => mark.name === name).map(({ earliest, latest }) => latest - earliest)) /
      1000,
  ])
  const rungs: Record<string, number> = {}
  for (const { timeline } of starts)
    rungs[timeline.assumptions] = (rungs[timeline.assumptions] ?? 0) + 1 / starts.length
  const time = starts.map(({ timeline }) => timeline.total ?? 0)
  const named = starts.map(({ timeline }) =>
    sum(timeline.phases.filter(({ name }) => name !== 'unattributed').map(({ duration }) => duration)),
  )
  return {
    coverage: marks.filter(({ covered }) => covered).length / marks.length,
    rungs,
    doubled: shareDoubled(claims),
    doubledByMidpoints: shareDoubled(starts.map(midpointClaims)),
    overclaim: median(claims.flat().map(({ claimed, real }) => (claimed - real) / real)),
    overclaimedTime: sum(claims.flat().map(({ claimed, real }) => Math.max(0, claimed - real))) / sum(time),
    named: sum(named) / sum(time),
    widthInMs: Object.fromEntries(widths),
  }
}

interface Claim {
  readonly claimed: number
  readonly real: number
}

function namedClaims({ timeline, truth }: SimulatedStart): Claim[] {
  return timeline.phases
    .filter(({ name }) => name !== 'unattributed' && name !== 'detection')
    .map(({ from, to, duration }) => ({
      claimed: duration,
      real: (truth.get(to as Mark) ?? 0) - (truth.get(from) ?? 0),
    }))
}

function midpointClaims({ timeline, truth }: SimulatedStart): Claim[] {
  return timeline.marks.slice(1).map(({ name, at }, index) => {
    const from = timeline.marks[index]
    const real = (truth.get(name) ?? 0) - (from === undefined ? 0 : (truth.get(from.name) ?? 0))
    return { claimed: at - (from?.at ?? 0), real }
  })
}

function shareDoubled(claims: readonly (readonly Claim[])[]): number {
  const doubled = claims.filter((start) =>
    start.some(({ claimed, real }) => claimed > 0 && claimed >= 2 * real),
  )
  return doubled.length / claims.length
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
