// Everything that must hold before a change lands, in the order in which a mistake is cheapest to find. `node scripts/check.mjs lint types`
// runs only the named steps.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newCanary, searchForCanary, TRANSCRIPTS } from './canary.mjs'
import { root, run } from './run-step.mjs'
import { show, tee } from './tee-step.mjs'
import { LANES } from './test-lanes.mjs'

// What the steps that start something print and write is searched, at the end, for the secret that their starts are given.
const startedAtInMs = Date.now()
const canary = newCanary()
process.env.BERTH_CANARY = canary
const transcripts = mkdtempSync(join(tmpdir(), TRANSCRIPTS))
const demo = join(transcripts, 'demo')
mkdirSync(demo)

/** Said again at the very end, for what a whole check prints is long. */
const testOutcomes = []

const steps = {
  lint: () => run('pnpm', ['exec', 'biome', 'check', '--error-on-warnings', '.']),
  types: () => run('pnpm', ['exec', 'tsc', '--noEmit']),
  unused: () => run('pnpm', ['exec', 'knip']),
  api: () => run('node', ['scripts/api-snapshot.mjs']),
  readme: () =>
    run('node', ['scripts/capability-table.mjs']) && run('node', ['scripts/provenance-table.mjs']),
  tests: () => inLanes(),
  examples: () => tee(transcripts, 'examples', 'node', ['scripts/run-examples.mjs']),
  // Elsewhere, for it writes its report where it stands.
  demo: () => tee(transcripts, 'demo', 'node', [join(root, 'scripts', 'demo.mjs')], { cwd: demo }),
  packed: () => run('node', ['scripts/packed.mjs']),
  canary: () => searchForCanary({ canary, transcripts, root, sinceInMs: startedAtInMs }),
}

/** Beside each other, for most of a test is waiting. One is shown as it goes; the other follows whole, so that they do not mix. */
async function inLanes() {
  const lane = async (name, isShown) => {
    const projects = LANES[name].flatMap((project) => ['--project', project])
    const reporters = ['--reporter=default', '--reporter=./scripts/outcome-reporter.mjs']
    const outcomes = join(transcripts, `${name}.outcomes`)
    const passed = await tee(
      transcripts,
      name,
      'pnpm',
      ['exec', 'vitest', 'run', ...projects, ...reporters],
      {
        isShown,
        env: { BERTH_TEST_OUTCOMES: outcomes },
      },
    )
    testOutcomes.push(...readOutcomes(name, outcomes))
    return passed
  }
  const passed = await Promise.all([lane('engine', true), lane('processes', false)])
  await show(transcripts, 'processes')
  return passed.every(Boolean)
}

function readOutcomes(name, file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return [`failed: the tests of '${name}' ended before they could tell their outcome (${error.message})`]
  }
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in steps))
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`)
  process.exit(2)
}
const results = []
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n== ${name}`)
  const startedAt = performance.now()
  const passed = await step()
  results.push({ name, passed, seconds: ((performance.now() - startedAt) / 1_000).toFixed(1) })
}
// Kept where it shows something.
if (results.every(({ name, passed }) => name !== 'canary' || passed)) {
  rmSync(transcripts, { recursive: true, force: true })
}
console.log('')
for (const { name, passed, seconds } of results)
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
for (const outcome of testOutcomes) console.log(`       ${outcome}`)
const failed = results.filter(({ passed }) => !passed).length
console.log(`\n${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
