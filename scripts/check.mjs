// Everything that must hold before a change lands, in the order in which a mistake is cheapest to find. `node scripts/check.mjs lint types`
// runs only the named steps.
import { run } from './run-step.mjs'

const steps = {
  lint: () => run('pnpm', ['exec', 'biome', 'check', '--error-on-warnings', '.']),
  types: () => run('pnpm', ['exec', 'tsc', '--noEmit']),
  unused: () => run('pnpm', ['exec', 'knip']),
  api: () => run('node', ['scripts/api-snapshot.mjs']),
  readme: () => run('node', ['scripts/capability-table.mjs']),
  tests: () => run('pnpm', ['exec', 'vitest', 'run']),
  examples: () => run('node', ['scripts/run-examples.mjs']),
  packed: () => run('node', ['scripts/packed.mjs']),
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
  const passed = step()
  results.push({ name, passed, seconds: ((performance.now() - startedAt) / 1_000).toFixed(1) })
}
console.log('')
for (const { name, passed, seconds } of results)
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
const failed = results.filter(({ passed }) => !passed).length
console.log(`\n${results.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
