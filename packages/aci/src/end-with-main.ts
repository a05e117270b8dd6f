import { type CallContext, NEVER_ABORTED } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { postGroup } from './aci-calls.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import { hasEnded } from './map-aci-state.ts'

/**
 * Stops the group once its main container has ended for good while others run, or the main one again although it was never to: the service
 * would let them run, and bill them, for ever.
 * Nobody waits for it; whoever looks next sees it, or tries again.
 */
export function endWithMain(
  account: AciAccount,
  ref: string,
  group: ContainerGroup,
  context: CallContext,
): void {
  const { containers, instanceView } = group.properties
  const isRunning = containers.some(
    ({ properties }) => properties.instanceView?.currentState?.state !== 'Terminated',
  )
  if (!hasEnded(group) || instanceView?.state === 'Stopped' || !isRunning || account.ending.has(ref)) return
  account.ending.add(ref)
  postGroup(account, ref, 'stop', { ...context, signal: NEVER_ABORTED })
    .catch(() => {})
    .finally(() => account.ending.delete(ref))
}
