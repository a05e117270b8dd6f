import type { Observation } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import type { GroupView } from './group-view.ts'
import { isSettled } from './poll-schedule.ts'

/** Keeps what was seen of a run for the next look; forgets one that is gone. */
export function rememberGroup(
  account: AciAccount,
  observation: Observation,
  group: ContainerGroup,
  {
    askedAt,
    order,
  }: { readonly askedAt?: number; readonly order?: { readonly operation: string | undefined } },
): GroupView {
  const before = account.views.get(observation.ref)
  const { main } = observation.containers
  const view: GroupView = {
    phase: observation.phase,
    wantsAddress: Boolean(group.properties.ipAddress),
    hasAddress: observation.addresses.length > 0,
    hasStarted: (before?.hasStarted ?? false) || main?.state === 'running' || main?.state === 'terminated',
    firstSeenAt: before?.firstSeenAt ?? performance.now(),
    askedAt: askedAt ?? before?.askedAt,
    settledAt:
      before?.settledAt ??
      (isSettled(group.properties.provisioningState ?? '') ? performance.now() : undefined),
    orderedAt: order ? performance.now() : before?.orderedAt,
    isVisible: order === undefined,
    stopOrderedAt: before?.stopOrderedAt,
    operation: order?.operation ?? before?.operation,
    isFailed: observation.failure !== undefined,
  }
  account.views.set(observation.ref, view)
  return view
}
