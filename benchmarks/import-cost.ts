// What it costs to import the packages and to call the command, against a bare node.
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { attemptsTable } from './harness/attempts-table.ts'
import { runBenchmark } from './harness/benchmark.ts'
import { nowInMicros } from './harness/monotonic-clock.ts'
import { readOptions } from './harness/read-options.ts'
import { seededRandom, shuffled } from './harness/seeded-random.ts'
import type { Table } from './harness/table.ts'

const BARE = 'bare node'
const PACKAGES = [
  '@berth/core',
  '@berth/docker',
  '@berth/docker/engine',
  '@berth/process',
  '@berth/conformance',
  '@berth/cli',
]
/** Ours, and all that Node.js brings itself. */
const NO_DEPENDENCY = /^(node:|data:|file:.*\/packages\/[a-z]+\/dist\/)/
const SDK = /\/node_modules\/(@aws-sdk|@smithy|@azure|@google-cloud|googleapis|@kubernetes|dockerode|@grpc)\//

/** A program to time, started by this process. */
interface Program {
  readonly name: string
  readonly command: string
  readonly arguments: readonly string[]
}

const options = readOptions({ rounds: 60 })

await runBenchmark('import-cost', options, async ({ progress }) => {
  const loaded = loadedModules() // first: it tells when a package is not built
  const random = seededRandom(options.seed)
  const berth = realpathSync(fileURLToPath(new URL('node_modules/@berth/cli/dist/berth.js', import.meta.url)))
  const programs: Program[] = [
    evaluate(BARE, ''),
    ...PACKAGES.map((name) => evaluate(`import ${name}`, `import ${JSON.stringify(name)}`)),
    { name: 'berth --help', command: process.execPath, arguments: [berth, '--help'] },
    { name: 'berth --version', command: process.execPath, arguments: [berth, '--version'] },
    { name: 'docker ps', command: 'docker', arguments: ['ps'] },
  ].filter(({ name }) => options.only.length === 0 || name === BARE || options.only.includes(name))
  const attempts = []
  for (let round = 0; round <= options.rounds; round++) {
    progress(`round ${round}/${options.rounds}`)
    for (const program of shuffled(programs, random)) {
      const valueInMs = time(program)
      if (round > 0) attempts.push({ round, contender: program.name, valueInMs })
    }
  }
  const table = attemptsTable(
    'A process that does nothing else, from spawn to exit',
    attempts,
    { baseline: BARE, by: 'difference' },
    1,
  )
  const notes = ['Packages are the built ones (`dist`), as users install them.']
  return { tables: [{ ...table, notes }, loaded], attempts, images: [] }
})

function evaluate(name: string, script: string): Program {
  return { name, command: process.execPath, arguments: ['--input-type=module', '-e', script] }
}

function time({ command, arguments: words }: Program): number | undefined {
  const startedAt = nowInMicros()
  const { status } = spawnSync(command, words, { cwd: import.meta.dirname, stdio: 'ignore' })
  return status === 0 ? (nowInMicros() - startedAt) / 1_000 : undefined
}

/** What an import loads: no cloud's SDK may be among it. */
function loadedModules(): Table {
  const rows = PACKAGES.map((name) => {
    const urls = loadedBy(name)
    const foreign = urls.filter((url) => !NO_DEPENDENCY.test(url))
    const builtIn = urls.filter((url) => url.startsWith('node:')).map((url) => url.slice('node:'.length))
    const dependencies = new Set(
      foreign.map((url) => url.split('/node_modules/').at(-1)?.split('/').slice(0, 2).join('/')),
    )
    const own = urls.filter((url) => /\/packages\/[a-z]+\/dist\//.test(url)).length
    return [
      `import ${name}`,
      String(own),
      [...dependencies].join(', ') || 'none',
      builtIn.join(', ') || 'none',
      urls.some((url) => SDK.test(url)) ? 'YES' : 'none',
    ]
  })
  return {
    title: 'What an import loads',
    columns: ['', 'files of ours', 'dependencies', 'parts of Node.js', 'cloud SDKs'],
    rows,
    notes: [],
  }
}

function loadedBy(name: string): readonly string[] {
  const listModules = new URL('import/list-modules.mjs', import.meta.url).href
  const words = ['--import', listModules, '--input-type=module', '-e', `import ${JSON.stringify(name)}`]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${name} cannot be imported; build it first (pnpm run build)\n${stderr}`)
  return stdout.split('\n').filter((url) => url !== '' && !url.includes('[eval'))
}
