// Holds the README's table of capabilities against the adapters' own data; `--update` writes it anew. Reads what `build` made.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run-step.mjs'

const adapters = [
  ['docker', '@berth/docker', (await import('../packages/docker/dist/index.js')).dockerCapabilities],
  ['aci', '@berth/aci', (await import('../packages/aci/dist/index.js')).aciCapabilities],
  ['ecs', '@berth/ecs', (await import('../packages/ecs/dist/index.js')).ecsCapabilities],
  [
    'kubernetes',
    '@berth/kubernetes',
    (await import('../packages/kubernetes/dist/index.js')).kubernetesCapabilities,
  ],
  ['gke', '@berth/gke', (await import('../packages/gke/dist/index.js')).gkeCapabilities],
  ['process', '@berth/process', (await import('../packages/process/dist/index.js')).processCapabilities],
]
const REACH = { localhost: 'at localhost', mapped: 'at `$HOST:$PORT_<number>`', none: 'no' }
const rows = [
  ['sidecars, init containers', ({ sidecars, initContainers }) => yes(sidecars && initContainers)],
  ['containers of a group reach each other', ({ groupNetwork }) => REACH[groupNetwork]],
  ['ports', ({ ports, publish }) => `${ports}${publish ? ', or chosen' : ''}`],
  ['who can be let in', ({ expose }) => expose.join(', ')],
  ['volumes', ({ volumes }) => volumes?.join(', ') ?? 'no'],
  ['files at the start, secret ones too', ({ files }) => yes(files?.secret)],
  ['health checks', ({ health }) => yes(health)],
  ['restart policies', ({ restart }) => restart.join(', ')],
  ['architectures', ({ architecture }) => architecture.join(', ')],
  ['spot', ({ spot }) => yes(spot)],
  [
    'secrets in the environment',
    ({ secretRef, secretEnv }) =>
      [
        ...(secretEnv === 'reference' ? [] : ['by value']),
        ...(secretRef ? ["by name in the cloud's store"] : []),
      ].join(', '),
  ],
  ['private registries, by user and password', ({ registry }) => yes(registry)],
  [
    'logs',
    ({ logs }) =>
      logs
        ? `${logs.follow}, stdout and stderr ${logs.streams}, bytes ${logs.bytes === 'exact' ? 'exact' : 'as UTF-8 text'}`
        : 'no',
  ],
  [
    'exec',
    ({ exec }) =>
      exec ? `exit code ${exec.exitCode}, stderr ${exec.stderr}${exec.tty ? ', tty' : ''}` : 'no',
  ],
  ['attach', ({ attach }) => yes(attach)],
  ['port-forward', ({ portForward }) => yes(portForward)],
  ['copy in and out', ({ copy }) => yes(copy)],
  ['metrics', ({ metrics }) => yes(metrics)],
  [
    'ends a run at its maxLifetime',
    ({ maxLifetime }) => (maxLifetime === 'native' ? 'by itself' : 'owner or sweep'),
  ],
]
const table = [
  `| | ${adapters.map(([name, packageName]) => `${name} (\`${packageName}\`)`).join(' | ')} |`,
  `|---|${adapters.map(() => '---|').join('')}`,
  ...rows.map(
    ([what, show]) => `| ${what} | ${adapters.map(([, , capabilities]) => show(capabilities)).join(' | ')} |`,
  ),
].join('\n')

const path = join(root, 'README.md')
const text = readFileSync(path, 'utf8')
const marked = /(<!-- capabilities -->\n)[\s\S]*?(\n<!-- \/capabilities -->)/
if (!marked.test(text))
  throw new Error('README.md has no place for the table: <!-- capabilities --> … <!-- /capabilities -->')
const renewed = text.replace(marked, (_, before, after) => before + table + after)
if (renewed !== text) {
  if (process.argv.includes('--update')) {
    writeFileSync(path, renewed)
    console.log('wrote the table of capabilities into README.md')
  } else {
    console.error("README.md: the table of capabilities is not the code's; write it with: pnpm run readme")
    process.exitCode = 1
  }
}

function yes(value) {
  return value ? 'yes' : 'no'
}
