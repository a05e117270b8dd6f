// Puts the tables of results/*.json into docs/benchmarks.md, each between its own pair of markers.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { RESULTS_DIRECTORY, type Results } from './harness/benchmark.ts'
import { renderMarkdown } from './harness/table.ts'

const PAGE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url))

const page = readFileSync(PAGE, 'utf8')
const filled = page.replace(
  /(<!-- results: ([a-z-]+) -->\n).*?(<!-- \/results -->)/gs,
  (whole, opening: string, name: string, closing: string) => {
    const results = readResults(name)
    if (results === undefined) {
      console.log(`results/${name}.json is not there: its part stays`)
      return whole
    }
    console.log(`${name}: measured ${results.measuredAt}`)
    return `${opening}${render(results)}\n\n${closing}`
  },
)
writeFileSync(PAGE, filled)

function readResults(name: string): Results | undefined {
  try {
    return JSON.parse(readFileSync(`${RESULTS_DIRECTORY}${name}.json`, 'utf8')) as Results
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function render({ measuredAt, tookInSeconds, machine, options, tables }: Results): string {
  const facts = Object.entries(machine).map(([label, text]) => `${label}: ${text}`)
  const when = `Measured ${measuredAt.slice(0, 16).replace('T', ' ')} UTC in ${tookInSeconds} s, seed ${options.seed}`
  return [...tables.map(renderMarkdown), `<sub>${[when, ...facts].join(' · ')}</sub>`].join('\n\n')
}
