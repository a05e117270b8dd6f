import { type CallContext, delay, growingPauses } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { postGroup } from './aci-calls.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import { getGroupPatiently } from './get-group-patiently.ts'
import { isJustOrdered } from './group-view.ts'
import { isTransitioning } from './map-aci-error.ts'
import { hasEnded } from './map-aci-state.ts'

/** The service wants at least this between two orders to a group that is being changed. */
const ORDER_AGAIN_AFTER_MS = 10_000

/** Stops all containers of a group and waits until they have ended. How long they are given before they are killed is the service's to say. */
export async function stopContainerGroup(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<void> {
  let isOrdered = false
  let triedAt = Number.NEGATIVE_INFINITY
  for (const pauseInMs of growingPauses(200, 2_000)) {
    const now = await getGroupPatiently(account, ref, context)
    if (now === null) {
      if (!isJustOrdered(account.views.get(ref))) return
    } else if (isOrdered ? isStopped(now.group) : hasEndedWhole(now.group)) {
      // Once it was told to, the end of every container is not yet its end: only a group that says so keeps their logs for good.
      return
    } else if (!isOrdered && performance.now() - triedAt > ORDER_AGAIN_AFTER_MS) {
      isOrdered = await order(account, ref, context)
      triedAt = performance.now()
    }
    await delay(pauseInMs, context.signal)
  }
}

/** Whether nothing of a group runs, or will again by itself. */
export function hasEndedWhole(group: ContainerGroup): boolean {
  return (
    isStopped(group) ||
    (hasEnded(group) &&
      group.properties.containers.every(
        ({ properties }) => properties.instanceView?.currentState?.state === 'Terminated',
      ))
  )
}

function isStopped({ properties }: ContainerGroup): boolean {
  return properties.instanceView?.state === 'Stopped'
}

/** False where somebody else is just changing the group, maybe stopping it. */
async function order(account: AciAccount, ref: string, context: CallContext): Promise<boolean> {
  try {
    const orderedAt = performance.now()
    await postGroup(account, ref, 'stop', context)
    const view = account.views.get(ref)
    if (view) account.views.set(ref, { ...view, stopOrderedAt: orderedAt })
    return true
  } catch (error) {
    if (isTransitioning(error)) return false
    throw error
  }
}
