import type { TimelineJson, TimelinePhase } from '@berth/core'

/**
 * The phases as they are shown: pieces of one phase, which a mark that keeps no order with the steps divides (an order accepted in the middle
 * of a pull), become one again. What no source explains stays apart.
 */
export function joinPhases({ phases, marks }: TimelineJson): TimelinePhase[] {
  const joined: TimelinePhase[] = []
  for (const phase of phases) {
    const last = joined.at(-1)
    if (last === undefined || last.name !== phase.name || phase.contains.length > 0) joined.push(phase)
    else joined[joined.length - 1] = join(last, phase, marks)
  }
  return joined
}

function join(one: TimelinePhase, next: TimelinePhase, marks: TimelineJson['marks']): TimelinePhase {
  const from = marks.find(({ name }) => name === one.from)
  const to = marks.find(({ name }) => name === next.to) ?? { earliest: next.end, latest: next.end }
  // Each of the two is sound: the sum of the pieces, and what the outer edges allow. The tighter one counts.
  const outer = from && { atLeast: to.earliest - from.latest, atMost: to.latest - from.earliest }
  return {
    ...one,
    to: next.to,
    end: next.end,
    duration: one.duration + next.duration,
    atLeast: Math.max(one.atLeast + next.atLeast, outer?.atLeast ?? 0),
    atMost: Math.min(one.atMost + next.atMost, outer?.atMost ?? Number.POSITIVE_INFINITY),
    sources: [...new Set([...one.sources, ...next.sources])],
  }
}
