import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { type CreateContext, delay } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import { type EcsAccount, forgetFound } from './ecs-account.ts'
import { type Answered, callEcs } from './ecs-calls.ts'
import { taskId } from './ecs-names.ts'
import { mapRunFailure } from './run-failure.ts'

/** A task that was refused may start all the same: asked again with the same token, the service tells. */
const TRIES_AFTER_REFUSAL = 2
const PAUSE_AFTER_REFUSAL_IN_MS = 500

/** A task of this order, or the ids of those that its client token has made before. */
export type Ordered =
  | { readonly task: Task; readonly answer: Answered<unknown> }
  | { readonly conflictsWith: readonly string[] }

/** One order, repeated where the service refuses what it may yet start. Throws AwsError, or what the refusal means. */
export async function orderTask(
  account: EcsAccount,
  input: RunTaskCommandInput,
  context: CreateContext,
): Promise<Ordered> {
  for (let refusals = 0; ; ) {
    try {
      const answer = await callEcs(
        account,
        context,
        'RunTask',
        ['runs', 'changes'],
        (ecs, options) => ecs.runTask(input, options),
        { uncut: true },
      )
      const [task] = answer.output.tasks ?? []
      if (task?.taskArn !== undefined) return { task, answer }
      refusals += 1
      if (refusals > TRIES_AFTER_REFUSAL)
        throw mapRunFailure(answer.output.failures?.[0], String(input.group))
    } catch (error) {
      if (AwsError.isInstance(error) && error.code === 'ConflictException' && error.resourceIds.length > 0)
        return { conflictsWith: error.resourceIds.map(taskId) }
      // Cluster, network or group may be gone since they were found.
      if (AwsError.isInstance(error) && error.status === 400) forgetFound(account)
      throw error
    }
    await delay(PAUSE_AFTER_REFUSAL_IN_MS * (0.6 + 0.8 * Math.random()), context.signal)
  }
}
