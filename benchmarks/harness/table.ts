/** A table of ready-made cells, as it stands on the terminal, in the results and in the documentation. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What a reader must know to read it right. */
  readonly notes: readonly string[]
}

export function renderText({ title, columns, rows, notes }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join('  ')}`
  return [title, line(columns), ...rows.map(line), ...notes.map((note) => `  ${note}`), ''].join('\n')
}

export function renderMarkdown({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = columns.map((_, index) => (index === 0 ? '---' : '---:'))
  const body = [line(columns), line(rule), ...rows.map(line)].join('\n')
  return [`**${title}**`, body, ...notes].join('\n\n')
}
