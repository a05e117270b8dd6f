import type { Task } from '@aws-sdk/client-ecs'
import type { CallContext, Observation } from '@berth/core'
import { readDefinition } from './define-task.ts'
import type { EcsAccount } from './ecs-account.ts'
import { taskId } from './ecs-names.ts'
import { readExposure } from './ecs-tags.ts'
import { lookUpAddresses, type PublicAddresses } from './look-up-addresses.ts'
import { mapEcsState } from './map-ecs-state.ts'
import { nextLookInMs } from './poll-schedule.ts'
import { newView, type TaskView } from './task-view.ts'

/** What an answer that shows a task says of its run; asks for its address and for what it was made from, where that is not known yet. */
export async function observeTask(
  account: EcsAccount,
  task: Task,
  { receivedAt, source }: { readonly receivedAt: number; readonly source: string },
  context: CallContext,
): Promise<Observation> {
  const addresses = await lookUpAddresses(account, [task], context)
  return await observeWith(account, task, { receivedAt, source, addresses }, context)
}

/** The same, with the addresses known already. */
export async function observeWith(
  account: EcsAccount,
  task: Task,
  {
    receivedAt,
    source,
    addresses,
  }: { readonly receivedAt: number; readonly source: string; readonly addresses: PublicAddresses },
  context: CallContext,
): Promise<Observation> {
  const ref = taskId(task.taskArn ?? '')
  const definition = await readDefinition(account, task.taskDefinitionArn ?? '', context)
  const before = account.views.get(ref) ?? newView()
  const found = addresses.get(ref)
  const publicIp = found?.publicIp ?? before.publicIp
  const observation = mapEcsState({
    task,
    definition,
    publicIp,
    addressedAt: found?.receivedAt,
    expose: readExposure(task),
    receivedAt,
    source,
  })
  const hasEnded = observation.phase === 'stopped' && task.lastStatus === 'STOPPED'
  const view: TaskView = {
    ...before,
    publicIp,
    hasEnded,
  }
  account.views.set(ref, view)
  return { ...observation, nextChangeInMs: nextLookInMs(view, observation, performance.now()) }
}
