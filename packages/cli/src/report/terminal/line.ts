import { styleText } from 'node:util'
import stringWidth from 'string-width'

export type Style = Parameters<typeof styleText>[0]

/** A piece of a line in one style. */
interface Segment {
  readonly text: string
  readonly style?: Style | undefined
}

export type Line = readonly Segment[]

export interface LineOptions {
  /** Columns of the terminal. No line is wider. */
  readonly width: number
  readonly color: boolean
}

const graphemes = new Intl.Segmenter()

/** Lines as text. What is too wide in spite of all is cut, with an `…` where it ended. */
export function paintLines(lines: readonly Line[], { width, color }: LineOptions): string {
  return lines.map((line) => paint(trimEnd(clip(line, width)), color)).join('\n')
}

export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + stringWidth(text), 0)
}

/** The line, filled up with blanks to `width` columns. */
export function padLine(line: Line, width: number): Line {
  return [...line, { text: ' '.repeat(Math.max(0, width - widthOf(line))) }]
}

/** The text in lines of at most `width` columns, broken at blanks where there are any, and inside words where there are not. */
export function wrapText(text: string, width: number): string[] {
  const room = Math.max(2, width)
  const lines = ['']
  for (const word of text.split(' ').flatMap((word) => cutWord(word, room))) {
    const last = lines.at(-1) ?? ''
    if (last === '') lines[lines.length - 1] = word
    else if (stringWidth(last) + 1 + stringWidth(word) <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

function cutWord(word: string, width: number): string[] {
  const parts = ['']
  for (const { segment } of graphemes.segment(word)) {
    const last = parts.at(-1) ?? ''
    if (last !== '' && stringWidth(last) + stringWidth(segment) > width) parts.push(segment)
    else parts[parts.length - 1] = last + segment
  }
  return parts
}

function clip(line: Line, width: number): Line {
  if (widthOf(line) <= width) return line
  const clipped: Segment[] = []
  let room = width - 1
  for (const { text, style } of line) {
    let kept = ''
    for (const { segment } of graphemes.segment(text)) {
      const columns = stringWidth(segment)
      if (columns > room) return [...clipped, { text: width < 1 ? '' : `${kept}…`, style }]
      kept += segment
      room -= columns
    }
    clipped.push({ text: kept, style })
  }
  return clipped
}

function trimEnd(line: Line): Line {
  const last = line.at(-1)
  if (last === undefined) return line
  const text = last.text.trimEnd()
  return text === '' ? trimEnd(line.slice(0, -1)) : [...line.slice(0, -1), { ...last, text }]
}

function paint(line: Line, color: boolean): string {
  return line
    .map(({ text, style }) =>
      color && style !== undefined ? styleText(style, text, { validateStream: false }) : text,
    )
    .join('')
}
