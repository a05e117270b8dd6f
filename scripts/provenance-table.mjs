// Holds the emulator's table of behaviours in docs/emulator.md against the code's own data; `--update` writes it anew. Reads what `build` made.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run-step.mjs'

const { behaviours } = await import('../packages/emulator/dist/index.js')
const table = [
  '| service | behaviour | known how | source | changed by |',
  '|---|---|---|---|---|',
  ...behaviours.map(
    ({ service, what, provenance, source, date, changedBy = '' }) =>
      `| ${service} | ${what} | ${provenance} | ${[source, date].filter(Boolean).join(', ')} | ${changedBy} |`,
  ),
].join('\n')

const path = join(root, 'docs', 'emulator.md')
const text = readFileSync(path, 'utf8')
const marked = /(<!-- behaviours -->\n)[\s\S]*?(\n<!-- \/behaviours -->)/
if (!marked.test(text))
  throw new Error('docs/emulator.md has no place for the table: <!-- behaviours --> … <!-- /behaviours -->')
const renewed = text.replace(marked, (_, before, after) => before + table + after)
if (renewed !== text) {
  if (process.argv.includes('--update')) {
    writeFileSync(path, renewed)
    console.log('wrote the table of behaviours into docs/emulator.md')
  } else {
    console.error(
      "docs/emulator.md: the table of behaviours is not the code's; write it with: pnpm run readme",
    )
    process.exitCode = 1
  }
}
