import type { CallContext } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { getGroup, postGroup } from './aci-calls.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import { hasEnded } from './map-aci-state.ts'
import { growingPauses, pause } from './pause.ts'

/** Stops all containers of a group and waits until they have ended. How long they are given before they are killed is the service's to say. */
export async function stopContainerGroup(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<void> {
  const before = await getGroup(account, ref, context)
  if (before === null || hasEndedWhole(before.group)) return
  await postGroup(account, ref, 'stop', context)
  for (const pauseInMs of growingPauses(200, 2_000)) {
    const now = await getGroup(account, ref, context)
    if (now === null || hasEndedWhole(now.group)) return
    await pause(pauseInMs, context.signal)
  }
}

/** Whether nothing of a group runs, or will again by itself. */
export function hasEndedWhole(group: ContainerGroup): boolean {
  const { containers, instanceView } = group.properties
  if (instanceView?.state === 'Stopped') return true
  return (
    hasEnded(group) &&
    containers.every(({ properties }) => properties.instanceView?.currentState?.state === 'Terminated')
  )
}
