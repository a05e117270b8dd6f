import type { TimelineMark, TimelinePhase } from '@berth/core'
import { formatDuration } from './format-duration.ts'
import type { StartRecord } from './start-record.ts'

/** What stands behind every emulated figure. */
export const EMULATED = '(emulated)'

/** `docker`, `west [aci] (emulated)`: the provider's name, the adapter's where it says more, and whether it was the real service. */
export function providerLabel(record: StartRecord): string {
  return record.emulated ? `${providerName(record)} ${EMULATED}` : providerName(record)
}

/** The label without whether it was emulated, for where that stands as a badge of its own. */
export function providerName({ provider, adapter }: StartRecord): string {
  return provider === adapter ? provider : `${provider} [${adapter}]`
}

/** The one figure of a start: `231 ms`, `failed: capacity`, or `ready` where nothing tells how long it took. */
export function outcome({ status, error, timeline }: StartRecord): string {
  if (status === 'failed') return `failed: ${error?.code ?? 'internal'}`
  return timeline?.total == null ? 'ready' : formatDuration(timeline.total)
}

/** `docker 231 ms · aci 45.1 s (emulated)` */
export function headline(records: readonly StartRecord[]): string {
  return records
    .map((record) => `${record.provider} ${outcome(record)}${record.emulated ? ` ${EMULATED}` : ''}`)
    .join(' · ')
}

/** The one value that all starts share; undefined where they differ, or there is none. */
export function shared(
  records: readonly StartRecord[],
  value: (record: StartRecord) => string | undefined,
): string | undefined {
  const [first] = records
  const common = first && value(first)
  return records.every((record) => value(record) === common) ? common : undefined
}

type Flag = TimelineMark['flags'][number]

/** The sign of a flag, and what it says. */
export const FLAGS: Readonly<Record<Flag, { readonly sign: string; readonly meaning: string }>> = {
  unsteady: { sign: '!', meaning: 'unsteady: the endpoint answered and then failed again' },
  inferred: { sign: '~', meaning: 'inferred: a bound rests on probes that never got an answer' },
}

/** The flags of the marks at which a phase ends or that hide in it. */
export function phaseFlags(phase: TimelinePhase, { timeline }: StartRecord): Flag[] {
  const marks = timeline?.marks ?? []
  const touches = (mark: TimelineMark) =>
    mark.name === phase.to || (!mark.pinned && mark.at > phase.start && mark.at <= phase.end)
  return [...new Set(marks.filter(touches).flatMap(({ flags }) => flags))]
}

/** The flags that occur in any of these starts, in the order of the legend. */
export function flagsIn(records: readonly StartRecord[]): Flag[] {
  const flags = new Set(
    records.flatMap(({ timeline }) => timeline?.marks.flatMap((mark) => mark.flags) ?? []),
  )
  return (Object.keys(FLAGS) as Flag[]).filter((flag) => flags.has(flag))
}
