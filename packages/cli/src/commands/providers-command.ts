import type { Capabilities } from '@berth/core'
import { EXIT_CODE } from '../invocation/exit-code.ts'
import type { Invocation } from '../invocation/invocation.ts'
import { formatTable } from '../output/format-table.ts'
import { knownProviders } from '../providers/known-providers.ts'

/** `berth providers`: what is configured, and what each of it can do. Asks no cloud. */
export async function providersCommand({ output, providers }: Invocation): Promise<number> {
  const open = await Promise.all((await providers.names()).map((name) => providers.open(name)))
  if (output.json) {
    output.document({
      providers: open.map(({ name, source, provider }) => ({
        name,
        adapter: provider.capabilities.name,
        source,
        capabilities: provider.capabilities,
      })),
    })
    return EXIT_CODE.done
  }
  const rows = open.map(({ name, source, provider }) => [
    name,
    provider.capabilities.name,
    source,
    ...summary(provider.capabilities),
  ])
  output.print(
    formatTable(
      ['NAME', 'ADAPTER', 'FROM', 'ARCHITECTURE', 'PORTS', 'LOGS', 'EXEC', 'VOLUMES', 'ALSO'],
      rows,
    ),
  )
  const config = await providers.config()
  if (config === undefined) {
    const names = knownProviders.map(({ name, description }) => `  ${name}: ${description}`)
    output.note(`\nno berth.config.ts here; these need none:\n${names.join('\n')}`)
  }
  return EXIT_CODE.done
}

const FEATURES = [
  'sidecars',
  'initContainers',
  'files',
  'health',
  'user',
  'publish',
  'registry',
  'gpu',
  'spot',
  'regions',
  'secretRef',
  'attach',
  'portForward',
  'copy',
  'restartRun',
  'metrics',
] as const satisfies readonly (keyof Capabilities)[]

function summary(capabilities: Capabilities): readonly string[] {
  const { architecture, ports, expose, logs, exec, volumes } = capabilities
  const features = FEATURES.filter((feature) => capabilities[feature] !== undefined)
  return [
    architecture.join(' '),
    `${ports}, ${expose.join(' ')}`,
    logs ? logs.follow : 'none',
    exec ? `${exec.tty ? 'tty' : 'no tty'}, exit code ${exec.exitCode}` : 'none',
    volumes?.join(' ') || 'none',
    features.join(' ') || 'nothing',
  ]
}
