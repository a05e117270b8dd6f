import type { RunTaskCommandInput, Task } from '@aws-sdk/client-ecs'
import { BerthError, type CreateContext, type Created, type GroupPlan } from '@berth/core'
import { adoptTask } from './adopt-task.ts'
import { AwsError } from './aws/aws-error.ts'
import { convertPlanToEcs, nativeOf } from './convert-plan-to-ecs.ts'
import { convertDisks } from './convert-volumes.ts'
import { defineTask, forgetDefinition } from './define-task.ts'
import { type EcsAccount, forgetFound } from './ecs-account.ts'
import { type Answered, callEcs } from './ecs-calls.ts'
import { clientToken, startedByToken, taskId } from './ecs-names.ts'
import { taskTags } from './ecs-tags.ts'
import { findFoundation } from './find-foundation.ts'
import { findTaskNetwork } from './find-network.ts'
import { findStartedBy } from './list-tasks.ts'
import { observeTask } from './observe-task.ts'
import { pause } from './pause.ts'
import { mapRunFailure } from './run-failure.ts'
import { setUpEcs } from './set-up-ecs.ts'
import { shared } from './shared.ts'
import { newView } from './task-view.ts'

/** A run whose token was used before, by runs that were removed since, has a later generation; nobody makes so many in a day. */
const MOST_GENERATIONS = 100
/** A task that was refused may start all the same: asked again with the same token, the service tells. */
const TRIES_AFTER_REFUSAL = 2
const PAUSE_AFTER_REFUSAL_IN_MS = 500

/** Starts one task, whose definition is registered before where there is none yet that says the same. */
export async function createTask(
  account: EcsAccount,
  plan: GroupPlan,
  context: CreateContext,
): Promise<Created> {
  if (account.place.setup) await shared(account.setups, 'setup', context, () => setUpEcs(account, context))
  const [foundation, network, region] = await Promise.all([
    findFoundation(account, context),
    findTaskNetwork(account, plan, context),
    account.region(),
  ])
  const native = nativeOf(plan)
  const taskRoleArn = native.taskRoleArn ?? foundation.taskRoleArn
  const { logGroup, platformVersion } = { ...account.place, platformVersion: native.platformVersion }
  const { content, notes } = convertPlanToEcs(plan, {
    region,
    logGroup,
    executionRoleArn: foundation.executionRoleArn,
    taskRoleArn,
  })
  if (context.mayExist) {
    const there = await findStartedBy(account, startedByToken(plan.tags['berth-token']), context)
    const adopted = await adoptTask(account, plan, there, context)
    if (adopted) return adopted
  }
  const disks = convertDisks(plan)
  const inputFor = (taskDefinition: string, generation: number): RunTaskCommandInput => ({
    cluster: account.place.cluster,
    taskDefinition,
    count: 1,
    clientToken: clientToken(plan.tags, generation),
    startedBy: startedByToken(plan.tags['berth-token']),
    // Unlike tags it stays with a task that was stopped.
    group: plan.name,
    tags: taskTags(plan, context.tags()),
    enableExecuteCommand: native.exec ?? taskRoleArn !== undefined,
    ...(plan.spot
      ? { capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }] }
      : { launchType: 'FARGATE' }),
    ...(platformVersion !== undefined && { platformVersion }),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...network.subnets],
        ...(network.securityGroups && { securityGroups: [...network.securityGroups] }),
        assignPublicIp: plan.expose === 'private' ? 'DISABLED' : 'ENABLED',
      },
    },
    ...(disks.length > 0 && { volumeConfigurations: disks }),
  })
  for (let generation = 0; generation < MOST_GENERATIONS; generation += 1) {
    const outcome = await order(account, context, async () => {
      const definition = await defineTask(account, content, context)
      context.signal.throwIfAborted()
      return inputFor(definition, generation)
    }).catch((error: unknown) => {
      if (AwsError.isInstance(error) && isInactive(error)) forgetDefinition(account, content)
      throw error
    })
    if ('task' in outcome) {
      const isNew = outcome.task.lastStatus !== 'STOPPED' && outcome.task.desiredStatus !== 'STOPPED'
      if (isNew) return created(account, plan, outcome, notes, context)
    }
    // The token was used before: by a run that goes on, or by one that was removed.
    const ids = 'task' in outcome ? [taskId(outcome.task.taskArn ?? '')] : outcome.conflictsWith
    const adopted = await adoptTask(account, plan, ids, context)
    if (adopted) return adopted
  }
  throw new BerthError({
    code: 'conflict',
    message: `${plan.name}: its token has made ${MOST_GENERATIONS} runs within a day, and the service takes no more; use another token`,
  })
}

type Outcome =
  | { readonly task: Task; readonly answer: Answered<unknown> }
  | { readonly conflictsWith: readonly string[] }

/** One order, repeated where the service refuses what it may yet start. Throws AwsError, or what the refusal means. */
async function order(
  account: EcsAccount,
  context: CreateContext,
  prepare: () => Promise<RunTaskCommandInput>,
): Promise<Outcome> {
  const input = await prepare()
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
    await pause(PAUSE_AFTER_REFUSAL_IN_MS * (0.6 + 0.8 * Math.random()), context.signal)
  }
}

async function created(
  account: EcsAccount,
  plan: GroupPlan,
  { task, answer }: Extract<Outcome, { readonly task: Task }>,
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
  account.views.set(ref, newView({ orderedAt: performance.now(), expose: plan.expose ?? 'public' }))
  const observation = await observeTask(account, task, { receivedAt, source: 'create answer' }, context)
  return { ref, observation, existed: false, notes }
}

function isInactive({ code, message }: AwsError): boolean {
  return code === 'ClientException' && /taskdefinition.*(?:inactive|not found)/i.test(message)
}
