import type { Task } from '@aws-sdk/client-ecs'
import { BerthError, type CreateContext, type Created, type GroupPlan } from '@berth/core'
import { adoptTask } from './adopt-task.ts'
import { AwsError } from './aws/aws-error.ts'
import { convertPlanToEcs, type DefinitionContent, nativeOf } from './convert-plan-to-ecs.ts'
import { defineTask, forgetDefinition } from './define-task.ts'
import type { EcsAccount } from './ecs-account.ts'
import { startedByToken, taskId } from './ecs-names.ts'
import { findFoundation } from './find-foundation.ts'
import { findTaskNetwork } from './find-network.ts'
import { findStartedBy } from './list-tasks.ts'
import { observeTask } from './observe-task.ts'
import { type Ordered, orderTask } from './order-task.ts'
import { type RunTaskParts, runTaskInput } from './run-task-input.ts'
import { setUpEcs } from './set-up-ecs.ts'
import { shared } from './shared.ts'
import { newView } from './task-view.ts'

/** A run whose token was used before, by runs that were removed since, has a later generation; nobody makes so many in a day. */
const MOST_GENERATIONS = 100

/** Starts one task, whose definition is registered before where there is none yet that says the same. */
export async function createTask(
  account: EcsAccount,
  plan: GroupPlan,
  context: CreateContext,
): Promise<Created> {
  const { cluster, logGroup, setup } = account.place
  if (setup) await shared(account.setups, 'setup', context, () => setUpEcs(account, context))
  const [foundation, network, region] = await Promise.all([
    findFoundation(account, context),
    findTaskNetwork(account, plan, context),
    account.region(),
  ])
  const taskRoleArn = nativeOf(plan).taskRoleArn ?? foundation.taskRoleArn
  const { executionRoleArn } = foundation
  const { content, notes } = convertPlanToEcs(plan, { region, logGroup, executionRoleArn, taskRoleArn })
  if (context.mayExist) {
    const there = await findStartedBy(account, startedByToken(plan.tags['berth-token']), context)
    const adopted = await adoptTask(account, plan, there, context)
    if (adopted) return adopted
  }
  const parts = { cluster, network, hasRole: taskRoleArn !== undefined }
  for (let generation = 0; generation < MOST_GENERATIONS; generation += 1) {
    const ordered = await order(account, plan, content, { ...parts, generation }, context)
    if ('task' in ordered && isNew(ordered.task)) return created(account, ordered, notes, context)
    // The token was used before: by a run that goes on, or by one that was removed.
    const ids = 'task' in ordered ? [taskId(ordered.task.taskArn ?? '')] : ordered.conflictsWith
    const adopted = await adoptTask(account, plan, ids, context)
    if (adopted) return adopted
  }
  throw new BerthError({
    code: 'conflict',
    message: `${plan.name}: its token has made ${MOST_GENERATIONS} runs within a day, and the service takes no more; use another token`,
  })
}

async function order(
  account: EcsAccount,
  plan: GroupPlan,
  content: DefinitionContent,
  parts: Omit<RunTaskParts, 'taskDefinition' | 'tags'>,
  context: CreateContext,
): Promise<Ordered> {
  const taskDefinition = await defineTask(account, content, context)
  context.signal.throwIfAborted()
  const input = runTaskInput(plan, { ...parts, taskDefinition, tags: context.tags() })
  try {
    return await orderTask(account, input, context)
  } catch (error) {
    if (AwsError.isInstance(error) && isInactive(error)) forgetDefinition(account, content)
    throw error
  }
}

async function created(
  account: EcsAccount,
  { task, answer }: Extract<Ordered, { readonly task: Task }>,
  notes: readonly string[],
  context: CreateContext,
): Promise<Created> {
  const ref = taskId(task.taskArn ?? '')
  const { sentAt, receivedAt } = answer
  context.evidence({
    kind: 'sighting',
    mark: 'accepted',
    earliest: sentAt,
    latest: receivedAt,
    source: 'create answer',
  })
  account.views.set(ref, newView({ orderedAt: performance.now() }))
  // The task is there; what else is to be known of it can be asked for again.
  const observation = await observeTask(
    account,
    task,
    { receivedAt, source: 'create answer' },
    context,
  ).catch(() => undefined)
  return { ref, observation, existed: false, notes }
}

/** A task that the token has made before may have ended since. */
function isNew({ lastStatus, desiredStatus }: Task): boolean {
  return lastStatus !== 'STOPPED' && desiredStatus !== 'STOPPED'
}

function isInactive({ code, message }: AwsError): boolean {
  return code === 'ClientException' && /taskdefinition.*(?:inactive|not found)/i.test(message)
}
