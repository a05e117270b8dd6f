// The contract, held by an adapter under every way in which its service may behave: `node scripts/dialects.mjs aci|ecs|kubernetes [process|docker] [name …]`.
// Too long for every change: it is run when the adapter, the emulator or the contract change in how runs are watched. What every check leaves out
// of the suite for the time that it takes is left out here too: on docker all that does not depend on where containers run, of ECS on process what
// finds the least. BERTH_CONFORMANCE=whole runs it all, BERTH_CONFORMANCE=finding,leases those chapters.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tee } from './tee-step.mjs'

/**
 * By adapter: what differs from the emulator's defaults, each by itself, and whose default it is, where not the service's own. Durations are
 * emulated ones. What shows only where calls are refused (ECS' `failuresAreFinal` and `throttling`) the adapter's tests with faults draw.
 */
const DIALECTS = {
  aci: {
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
    'PATCH adds tags': { tagsByPatch: 'adds' },
    'Never restarts on failure': { neverRestartsOnFailure: true },
    'exec splits': { execCommand: 'split' },
    'image checked afterwards': { imageCheck: 'afterwards' },
    'operations with errors': { operationErrors: true },
  },
  ecs: {
    default: {},
    'missing for a second': { missingForInMs: 10_000 },
    'missing for long': { missingForInMs: 60_000 },
    'lists stale': { listStaleInMs: 5_000 },
    'interface from the first': { interfaceShown: 'provisioning' },
    'interface once it runs': { interfaceShown: 'running' },
    'address late': { addressAfterInMs: 20_000 },
    'activating after the pull': { activating: 'after-pull' },
    'never activating': { activating: 'absent' },
    'registers take a while': { registeringInMs: 5_000 },
    'agent late': { execAgentAfterInMs: 20_000 },
    'tags outlive a stop': { stopDeletesTags: false },
    'stopped soon forgotten': { stoppedKeptInMs: 600_000 },
    'events late': { logs: { ingestionDelayInMs: 20_000 } },
    'empty pages of events': { logs: { emptyPages: true } },
  },
  kubernetes: {
    default: {},
    'version 1.20': { minorVersion: 20 },
    'version 1.24': { minorVersion: 24 },
    'version 1.28': { minorVersion: 28 },
    'version 1.29': { minorVersion: 29 },
    'no native sidecars': { minorVersion: 32, nativeSidecars: false },
    'no sandbox condition': { sandboxCondition: false },
    'pulls untold': { pulledText: 'plain' },
    'sessions of v4': { webSockets: 'v4' },
    'address once it runs': { addressShown: 'started' },
    'no bookmarks': { bookmarks: false },
    'many bookmarks': { bookmarkEveryInMs: 1_000 },
    'changes soon forgotten': { keptChanges: 5 },
    'balancer late': { balancerAfterInMs: 30_000 },
    'status late': { statusAfterInMs: 10_000 },
  },
}
/** The conformance suite of each on its emulated service. */
const SUITES = { aci: 'aci', ecs: 'ecs', kubernetes: 'kubernetes-emulated' }
/** Most of a run is waiting; more at once than this and the machine, not the service, is what is slow. */
const AT_ONCE = 3

const [adapter = '', ...rest] = process.argv.slice(2)
const dialects = DIALECTS[adapter] ?? {}
const backend = ['process', 'docker'].includes(rest[0]) ? rest.shift() : 'process'
const unknown = rest.filter((name) => !(name in dialects))
if (!(adapter in DIALECTS) || unknown.length > 0) {
  const names = Object.entries(DIALECTS).map(([of, all]) => `\n  ${of}: ${Object.keys(all).join(', ')}`)
  console.error(
    `usage: node scripts/dialects.mjs aci|ecs|kubernetes [process|docker] [name …]; names:${names.join('')}`,
  )
  process.exit(2)
}
const directory = mkdtempSync(join(tmpdir(), `berth-${adapter}-dialects-`))
const waiting = (rest.length > 0 ? rest : Object.keys(dialects)).values()
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
  const isOnDocker = backend === 'docker'
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
      'conformance',
      `test/${SUITES[adapter]}${isOnDocker ? '-docker' : ''}.conformance`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
    ],
    { isShown: false, env: variablesOf(dialects[name]) },
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

/** Where the suite reads it: BERTH_ACI_DIALECT, BERTH_ECS_DIALECT, BERTH_KUBERNETES_DIALECT, BERTH_LOGS_DIALECT. */
function variablesOf({ logs, ...own }) {
  return {
    [`BERTH_${adapter.toUpperCase()}_DIALECT`]: JSON.stringify(own),
    ...(logs && { BERTH_LOGS_DIALECT: JSON.stringify(logs) }),
  }
}
