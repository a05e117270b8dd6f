import { BerthError, type CreateContext, type Created, type GroupPlan } from '@berth/core'
import { convertPlanToProcess } from './convert-plan-to-process.ts'
import { observeGroup } from './map-process-state.ts'
import { type ProcessRunner, RunnerError } from './runner/index.ts'

/** Makes and starts a plan's group; the group that is there already under its name is taken where it is the same. */
export async function createProcessGroup(
  runner: ProcessRunner,
  plan: GroupPlan,
  { signal }: CreateContext,
): Promise<Created> {
  try {
    const group = await runner.create(await convertPlanToProcess(plan), { signal })
    return { ref: group.name, observation: observeGroup(group, performance.now()), notes: notesOf(plan) }
  } catch (error) {
    if (!RunnerError.isInstance(error) || error.code !== 'conflict') throw error
    const group = await runner.get(plan.name)
    if (group === null) throw error
    if (group.labels['berth-spec'] !== plan.tags['berth-spec']) {
      throw new BerthError({
        code: 'conflict',
        message: `the token of ${plan.name} belongs to a run with another spec; use another token, or remove that run first`,
        cause: error,
      })
    }
    return {
      ref: group.name,
      observation: observeGroup(group, performance.now()),
      // A lost answer's repetition finds what this very call made.
      existed: group.labels['berth-owner'] !== plan.tags['berth-owner'],
      notes: notesOf(plan),
    }
  }
}

function notesOf(plan: GroupPlan): string[] {
  const limited = plan.containers.some(
    ({ cpu, memoryInBytes }) => cpu !== undefined || memoryInBytes !== undefined,
  )
  return limited ? ['cpu and memory are not limited: the processes may take what this machine has'] : []
}
