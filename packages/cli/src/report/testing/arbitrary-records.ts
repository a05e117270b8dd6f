import type { Evidence, Mark } from '@berth/core'
import fc from 'fast-check'
import type { StartRecord } from '../start-record.ts'
import { failedStart, record, seen, timelineOf } from './sample-records.ts'

const PATH: readonly Mark[] = [
  'accepted',
  'scheduled',
  'pull-started',
  'pull-ended',
  'created',
  'started',
  'addressed',
]

/** What a name, a note or a message can hold: any script, wide and combining signs, markup, steering codes, long words. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.lorem({ maxCount: 25 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '\u001b[31mred\u001b[0m\u001b]8;;http://x\u0007',
    '映像'.repeat(40),
    'x'.repeat(200),
    '\u202eevil\n\r\n\tline',
  ),
)

/** Milliseconds from a hundredth to five minutes, small ones as often as large ones. */
const milliseconds = fc.double({ min: -2, max: 5.5, noNaN: true }).map((power) => 10 ** power)

const timeline = fc
  .record({
    marks: fc.subarray([...PATH]),
    gaps: fc.array(milliseconds, { minLength: 8, maxLength: 8 }),
    widths: fc.array(milliseconds, { minLength: 8, maxLength: 8 }),
    ready: fc.constantFrom('steady', 'unsteady', 'inferred', 'never'),
  })
  .map(({ marks, gaps, widths, ready }) => {
    let now = 0
    const evidence = marks.map((mark, index): Evidence => {
      now += gaps[index] ?? 1
      return seen(mark, `saw ${mark}`, Math.max(0, now - (widths[index] ?? 0)), now)
    })
    const upper = now + (gaps[7] ?? 1)
    const lower = Math.max(0, upper - (widths[7] ?? 1))
    if (ready === 'never') return timelineOf(evidence)
    if (ready === 'inferred') return timelineOf(evidence, { upper, inferred: lower, unsteady: false })
    return timelineOf(
      evidence,
      ready === 'steady' ? { upper, lower, unsteady: false } : { upper, unsteady: true },
    )
  })

/** Any start: long and short, ready and failed, real and emulated, with any text in it. */
const arbitraryRecord: fc.Arbitrary<StartRecord> = fc
  .record({
    provider: text,
    adapter: text,
    image: text,
    note: text,
    message: text,
    emulated: fc.boolean(),
    failed: fc.boolean(),
    timeline: fc.option(timeline),
  })
  .map(({ message, failed, note, ...rest }) => {
    const more = { ...rest, notes: [note] }
    if (!failed) return record(more)
    const { error } = failedStart()
    return failedStart({
      ...more,
      error: error && { ...error, message, evidence: { events: [note], logs: [message] } },
    })
  })

export const arbitraryRecords = fc.array(arbitraryRecord, { maxLength: 5 })
