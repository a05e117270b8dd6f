import type { DockerHost } from './docker-host.ts'
import { type DockerRole, readContainer, readRole } from './docker-labels.ts'
import type { ContainerSummary } from './engine/index.ts'

/** A container of a run, as far as the verbs need it. */
export interface GroupContainer {
  readonly id: string
  /** Its name within the group. */
  readonly name: string
  readonly role: DockerRole
  readonly summary: ContainerSummary
}

/** Every container of a run, also one that never ran, by its tags: what is not ours is never touched. */
export async function groupContainers(
  { engine }: DockerHost,
  ref: string,
  signal: AbortSignal,
): Promise<readonly GroupContainer[]> {
  const list = await engine.containers.list({ all: true, filters: { label: [`berth-run=${ref}`] }, signal })
  return list.map((summary) => ({
    id: summary.Id,
    name: readContainer(summary.Labels ?? {}),
    role: readRole(summary.Labels ?? {}),
    summary,
  }))
}
