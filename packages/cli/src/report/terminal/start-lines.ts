import { FLAGS, flagsIn, providerLabel, shared } from '../describe-start.ts'
import type { StartRecord } from '../start-record.ts'
import { type Line, type Style, wrapText } from './line.ts'

/** What all the starts have in common: `nginx:1 · ready by http :80/ · eu-west-1`. */
export function captionLines(records: readonly StartRecord[], width: number): Line[] {
  const probe = shared(records, (record) => record.probe)
  const facts = [
    shared(records, (record) => record.image),
    probe && `ready by ${probe}`,
    shared(records, (record) => record.place),
  ].filter((fact) => fact !== undefined && fact !== '')
  if (facts.length === 0) return []
  return [...wrapText(facts.join(' · '), width).map((text): Line => [{ text, style: 'dim' }]), []]
}

/** What stands under the figures: why starts failed, what is to be known of the others, and what the signs mean. */
export function footLines(records: readonly StartRecord[], width: number): Line[] {
  const lines = records.flatMap((record) => [
    ...failure(record, width),
    ...(record.emulation === undefined
      ? []
      : hanging(`${providerLabel(record)}: `, record.emulation, width, 'dim')),
    ...record.notes.flatMap((note) => hanging(`${providerLabel(record)}: `, note, width, 'dim')),
  ])
  return lines.length === 0 ? [] : [[], ...lines]
}

/** The meaning of the signs that occur; none where none does. */
export function flagLines(records: readonly StartRecord[], width: number): Line[] {
  return flagsIn(records).flatMap((flag) => {
    const { sign, meaning } = FLAGS[flag]
    return hanging(`${sign} `, meaning, width, 'dim')
  })
}

function failure(record: StartRecord, width: number): Line[] {
  if (record.status !== 'failed') return []
  const { code = 'internal', message = 'the start failed' } = record.error ?? {}
  return hanging(`✗ ${providerLabel(record)} failed, ${code}: `, message, width, 'red')
}

/** A text with what it is about before it; its further lines stand in by two columns. */
function hanging(about: string, text: string, width: number, style: Style): Line[] {
  const [first = '', ...rest] = wrapText(`${about}${text}`, width - 2)
  return [[{ text: first, style }], ...rest.map((line): Line => [{ text: `  ${line}`, style }])]
}
