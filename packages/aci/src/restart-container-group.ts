import { BerthError, type CallContext, delay, growingPauses } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { patchTags, postGroup } from './aci-calls.ts'
import { setAside } from './aci-tags.ts'
import type { ContainerGroup } from './arm/container-group.ts'
import { getGroupPatiently } from './get-group-patiently.ts'
import { endToSetAside } from './map-aci-container.ts'
import { mainOf } from './map-aci-state.ts'
import { hasEndedWhole } from './stop-container-group.ts'

/** The service may go on showing the old instance for a moment; one that it shows for longer is taken for the new one. */
const OLD_FOR_AT_MOST_MS = 15_000

/** Starts all containers of a group anew, and waits until the main one runs again. Its public address may be another after that. */
export async function restartContainerGroup(
  account: AciAccount,
  ref: string,
  context: CallContext,
): Promise<void> {
  const before = await getGroupPatiently(account, ref, context)
  if (before === null) {
    throw new BerthError({
      code: 'not-found',
      message: `${ref} is not there any more and cannot be restarted`,
    })
  }
  const wasStopped = before.group.properties.instanceView?.state === 'Stopped'
  const old = instanceOf(before.group)
  const failedAt = endToSetAside(before.group)
  if (failedAt !== undefined) {
    await patchTags(account, ref, setAside(before.group.tags ?? {}, failedAt), context)
  }
  await postGroup(account, ref, wasStopped || hasEndedWhole(before.group) ? 'start' : 'restart', context)
  const view = account.views.get(ref)
  if (view) account.views.set(ref, { ...view, stopOrderedAt: undefined })
  const askedAt = performance.now()
  for (const pauseInMs of growingPauses(300, 2_000)) {
    const now = await getGroupPatiently(account, ref, context)
    if (now === null) return
    const state = mainOf(now.group)?.properties.instanceView?.currentState?.state
    if (instanceOf(now.group) !== old && (state === 'Running' || state === 'Terminated')) return
    if (state === 'Running' && performance.now() - askedAt > OLD_FOR_AT_MOST_MS) return
    await delay(pauseInMs, context.signal)
  }
}

/** What tells one instance of the main container from the next: one that was just ended is still the old one. */
function instanceOf(group: ContainerGroup): string {
  const { currentState, restartCount } = mainOf(group)?.properties.instanceView ?? {}
  return JSON.stringify([currentState?.startTime, restartCount])
}
