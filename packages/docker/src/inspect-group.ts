import type { DockerHost } from './docker-host.ts'
import { readMembers } from './docker-labels.ts'
import { containerName, MAIN, networkHolderName } from './docker-names.ts'
import type { ContainerInspect } from './engine/index.ts'

/** All containers of a run that are there, by one call for a run that is no group. Empty where there are none. */
export async function inspectGroup(
  { engine }: DockerHost,
  ref: string,
  signal: AbortSignal,
): Promise<readonly ContainerInspect[]> {
  const main = await engine.containers.inspect(containerName(ref), { signal })
  const labels = main?.Config.Labels ?? {}
  const inspectAll = async (names: readonly string[]) => {
    const found = await Promise.all(names.map((name) => engine.containers.inspect(name, { signal })))
    return found.filter((container) => container !== null)
  }
  if (main !== null && labels['berth-run'] === ref) {
    const others = readMembers(labels).filter((name) => name !== MAIN)
    if (others.length === 0) return [main]
    return [
      main,
      ...(await inspectAll([...others.map((name) => containerName(ref, name)), networkHolderName(ref)])),
    ]
  }
  // Its main container is not there: not yet, or somebody else removed it and left the rest.
  const left = await engine.containers.list({ all: true, filters: { label: [`berth-run=${ref}`] }, signal })
  return await inspectAll(left.map(({ Id }) => Id))
}
