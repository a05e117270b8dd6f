import type { TimelineClock, TimelineJson } from '@berth/core'
import { formatDuration } from '../format-duration.ts'

const ASSUMPTIONS: Readonly<Record<TimelineJson['assumptions'], string>> = {
  declared: 'All evidence agrees under what the adapter declares of its clocks: nothing had to be given up.',
  'free-clocks':
    'The evidence contradicted what is declared of the clocks. Declared skews and Date headers were given up: every machine’s clock counts as free.',
  'no-stamps':
    'The evidence contradicted itself even with free clocks. All time stamps of the cloud were given up: only what this client saw itself stands.',
  'seen-only':
    'The evidence contradicted itself even without the cloud’s time stamps. Every “not yet” was given up as well: only what was seen, and the order of things, stand.',
}

/** What had to be given up to make the evidence agree, in a sentence. */
export function describeAssumptions(assumptions: TimelineJson['assumptions']): string {
  return ASSUMPTIONS[assumptions]
}

/** How one machine's clock stood against this one's, in a sentence. */
export function describeClock({ machine, offset, samples, contradictory }: TimelineClock): string {
  const told =
    samples === 0
      ? 'no answer told its time'
      : `from ${samples} ${samples === 1 ? 'answer' : 'answers'} that told its time`
  if (contradictory) {
    return `${machine}: its answers (${samples}) cannot all come from one clock, so nothing rests on them`
  }
  if (offset === null) return `${machine}: nothing bounds how its clock stood against this client’s; ${told}`
  const { earliest, latest } = offset
  return `${machine}: ${ahead(earliest)} to ${ahead(latest)} against this client’s clock; ${told}`
}

function ahead(micros: number): string {
  if (micros === 0) return 'equal'
  return `${formatDuration(Math.abs(micros))} ${micros < 0 ? 'behind' : 'ahead'}`
}
