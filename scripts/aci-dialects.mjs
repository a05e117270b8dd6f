// The contract, held by the adapter for ACI under every way in which the service may behave: `node scripts/aci-dialects.mjs [process|docker] [name …]`.
// Too long for every change: it is run when the adapter, the emulator or the contract change in how runs are watched. With BERTH_CONFORMANCE=whole
// all chapters run on docker, too, instead of those that depend on where containers run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tee } from './tee-step.mjs'

/** What differs from the emulator's defaults, each by itself. Durations are emulated ones. */
const DIALECTS = {
  default: {},
  'address at once': { address: 'accepted' },
  'address null for a while': { address: { afterSucceededInMs: 5_000, until: 'null' } },
  'address 0.0.0.0 for a while': { address: { afterSucceededInMs: 5_000, until: '0.0.0.0' } },
  'address absent for a while': { address: { afterSucceededInMs: 5_000, until: 'absent' } },
  'events empty': { events: 'empty' },
  'events absent': { events: 'absent' },
  'Created events': { createdEvents: true },
  'events one by one': { coalescedEvents: false },
  'times in seconds': { containerTimes: 'seconds' },
  'deleted lingers': { deleteLingersInMs: 30_000 },
  'readable late': { readableAfterInMs: 5_000 },
  'lists with states': { listInstanceView: true },
  'lists stale': { listStaleInMs: 20_000 },
  'identical PUT restarts': { identicalPut: 'restarts' },
  'Retry-After 5 s': { retryAfterInSeconds: 5 },
  'states of 2025': { provisioningStates: '2025' },
  'PATCH without effect': { patchChangesTags: false },
  'Never restarts on failure': { neverRestartsOnFailure: true },
  'exec splits': { execCommand: 'split' },
  'image checked afterwards': { imageCheck: 'afterwards' },
  'operations with errors': { operationErrors: true },
}
/** Most of a run is waiting; more at once than this and the machine, not the service, is what is slow. */
const AT_ONCE = 3

const [backend = 'process', ...names] = process.argv.slice(2)
const unknown = names.filter((name) => !(name in DIALECTS))
if (!['process', 'docker'].includes(backend) || unknown.length > 0) {
  console.error(
    `usage: node scripts/aci-dialects.mjs [process|docker] [name …]; names: ${Object.keys(DIALECTS).join(', ')}`,
  )
  process.exit(2)
}
const directory = mkdtempSync(join(tmpdir(), 'berth-aci-dialects-'))
const waiting = (names.length > 0 ? names : Object.keys(DIALECTS)).values()
let failed = 0

await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const name of waiting) await hold(name)
  }),
)
if (failed === 0) rmSync(directory, { recursive: true })
else console.log(`what was printed: ${directory}`)
process.exitCode = failed === 0 ? 0 : 1

async function hold(name) {
  const slug = name.replaceAll(/\W+/g, '-')
  const results = join(directory, `${slug}.json`)
  const suite = backend === 'docker' ? 'aci-docker' : 'aci'
  const startedAt = performance.now()
  const passed = await tee(
    directory,
    slug,
    'pnpm',
    [
      'exec',
      'vitest',
      'run',
      '--project',
      backend === 'docker' ? 'conformance-docker' : 'conformance',
      `test/${suite}.conformance`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
    ],
    { isShown: false, env: { BERTH_ACI_DIALECT: JSON.stringify(DIALECTS[name]) } },
  )
  if (!passed) failed += 1
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  )
  console.log(
    `${passed ? 'ok    ' : 'FAILED'} ${backend}, ${name}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped (${seconds} s)`,
  )
  for (const { assertionResults } of testResults)
    for (const { status, fullName } of assertionResults)
      if (status === 'failed') console.log(`         ${fullName}`)
}
