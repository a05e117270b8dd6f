import type { Architecture, ContainerSpec } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'
import type { ContainerFlags } from './container-flags.ts'
import { parseAssignment } from './parse-assignment.ts'
import { parsePort } from './parse-port.ts'
import { parseProbe } from './parse-probe.ts'
import { parseVolumes } from './parse-volume.ts'
import { readEnvironment } from './read-environment.ts'
import { readFiles } from './read-files.ts'

/** A spec by its image and options. Only what was asked for stands in it: an empty field could ask a cloud for what it lacks. */
export async function readSpec(
  image: string,
  args: readonly string[],
  flags: ContainerFlags,
): Promise<ContainerSpec> {
  const environment = await readEnvironment(flags)
  const files = await readFiles(flags.file)
  const { volumes, mounts } = parseVolumes(flags.volume)
  return {
    image,
    ...(flags.entrypoint !== undefined && { command: [flags.entrypoint] }),
    ...(args.length > 0 && { args }),
    ...(Object.keys(environment).length > 0 && { env: environment }),
    ...(flags.publish.length > 0 && { ports: flags.publish.map(parsePort) }),
    ...(Object.keys(files).length > 0 && { files }),
    ...(mounts.length > 0 && { volumes, mounts }),
    ...(flags.label.length > 0 && { labels: parseLabels(flags.label) }),
    ...(flags.workdir !== undefined && { workingDirectory: flags.workdir }),
    ...(flags.user !== undefined && { user: flags.user }),
    ...(flags.cpu !== undefined && { cpu: parseCpu(flags.cpu) }),
    ...(flags.memory !== undefined && { memory: parseMemory(flags.memory) }),
    // What the values mean is the spec's own to check: it names the nearest.
    ...(flags.arch !== undefined && { architecture: flags.arch as Architecture }),
    ...(flags.name !== undefined && { name: flags.name }),
    ...(flags.ready !== undefined && { ready: parseProbe(flags.ready) }),
  }
}

function parseLabels(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const { key, value = '' } = parseAssignment(text, '--label')
      return [key, value]
    }),
  )
}

function parseCpu(text: string): number {
  const cpu = Number(text)
  if (text.trim() !== '' && Number.isFinite(cpu) && cpu > 0) return cpu
  throw new UsageError(`--cpu ${text} is no number of vCPUs; write 0.5 or 2`)
}

function parseMemory(text: string): NonNullable<ContainerSpec['memory']> {
  return /^\d+$/.test(text) ? Number(text) : (text as `${number}Mi`)
}
