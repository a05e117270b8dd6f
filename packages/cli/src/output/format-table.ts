import { stripVTControlCharacters } from 'node:util'
import { paint } from './paint.ts'

/** Rows under a heading, each column as wide as its widest cell; the last one is left as it is. */
export function formatTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => visibleWidth(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === cells.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - visibleWidth(cell)),
      )
      .join('  ')
      .trimEnd()
  return [paint('dim', line(heading), process.stdout), ...rows.map(line)].join('\n')
}

function visibleWidth(text: string): number {
  return stripVTControlCharacters(text).length
}
