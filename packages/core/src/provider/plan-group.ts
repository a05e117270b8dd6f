import type { GroupPlan } from '../contract/group-plan.ts'
import { copySpec } from '../spec/copy-spec.ts'
import type { PlanContext } from '../spec/plan-context.ts'
import { loadRunning } from './load-running.ts'

/**
 * Checks a spec against the capabilities of the cloud that is to run it, and fills in all that an adapter needs.
 *
 * Throws TypeError for what is no spec, and one BerthError that lists every problem with its field, its value and the nearest that would be
 * taken: `unsupported` where the cloud lacks what is asked for, `invalid-spec` where it is wrong on every cloud. Gets the values of secrets;
 * one that cannot be had is `invalid-spec` with its error as the cause.
 * The plan is that of the first region; for another it differs in nothing but `region`.
 */
export async function planGroup(spec: unknown, context: PlanContext): Promise<GroupPlan> {
  const own = copySpec(spec)
  const running = await loadRunning()
  return await running.planGroup(own, context)
}
