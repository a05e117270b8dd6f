import type { Task } from '@aws-sdk/client-ecs'
import type { CallContext } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { taskId } from './ecs-names.ts'
import { readExposure } from './ecs-tags.ts'

/** What was found of the tasks' network interfaces, by task. */
export type PublicAddresses = ReadonlyMap<string, { readonly publicIp: string; readonly receivedAt: number }>

/** So many a filter may name. */
const MOST_NAMED = 200

/** The network interface of a task, once it has one. */
export interface TaskInterface {
  readonly id: string
  readonly privateIp: string | undefined
}

/** The service tells it as the details of an attachment. */
export function interfaceOf({ attachments = [] }: Task): TaskInterface | undefined {
  const details = attachments.find(({ type }) => type === 'ElasticNetworkInterface')?.details ?? []
  const detail = (wanted: string) => details.find(({ name }) => name === wanted)?.value
  const id = detail('networkInterfaceId')
  return id === undefined ? undefined : { id, privateIp: detail('privateIPv4Address') }
}

/** Runs that start together are asked for together: within so long only those that run already are asked for anew. */
const TOGETHER_WITHIN_MS = 600

/** The public addresses of those tasks of which they are not known and can be, in one call for many: the service itself tells only the private ones. */
export async function lookUpAddresses(
  account: EcsAccount,
  tasks: readonly Task[],
  context: CallContext,
): Promise<PublicAddresses> {
  const wanted = wantedInterfaces(account, tasks)
  const isUrgent = tasks.some(isRunning)
  const isSoon = performance.now() - account.addressesAskedAt < TOGETHER_WITHIN_MS
  if (wanted.size === 0 || (isSoon && !isUrgent)) return new Map()
  account.addressesAskedAt = performance.now()
  return await askAddresses(account, wanted, context)
}

/** The interfaces to ask for, each with its task. */
function wantedInterfaces(account: EcsAccount, tasks: readonly Task[]): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>()
  for (const task of tasks) {
    const ref = taskId(task.taskArn ?? '')
    const view = account.views.get(ref)
    const own = interfaceOf(task)
    const isKnown = view?.publicIp !== undefined || readExposure(task) === 'private'
    if (own !== undefined && !isKnown && task.desiredStatus !== 'STOPPED') wanted.set(own.id, ref)
  }
  return wanted
}

async function askAddresses(
  account: EcsAccount,
  wanted: ReadonlyMap<string, string>,
  context: CallContext,
): Promise<PublicAddresses> {
  const found = new Map<string, { readonly publicIp: string; readonly receivedAt: number }>()
  const ids = [...wanted.keys()]
  for (let start = 0; start < ids.length; start += MOST_NAMED) {
    // By filter: an id that is not there any more would fail the call for all.
    const Filters = [{ Name: 'network-interface-id', Values: ids.slice(start, start + MOST_NAMED) }]
    const { output, receivedAt } = await callAws(
      account,
      context,
      'ec2',
      'DescribeNetworkInterfaces',
      'network',
      (ec2, options) => ec2.describeNetworkInterfaces({ Filters }, options),
    )
    for (const { NetworkInterfaceId = '', Association } of output.NetworkInterfaces ?? []) {
      const ref = wanted.get(NetworkInterfaceId)
      const publicIp = Association?.PublicIp
      if (ref !== undefined && publicIp !== undefined) found.set(ref, { publicIp, receivedAt })
    }
  }
  return found
}

function isRunning({ lastStatus, containers = [] }: Task): boolean {
  return lastStatus === 'RUNNING' || containers.some((container) => container.lastStatus === 'RUNNING')
}
