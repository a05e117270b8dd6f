import type { CallContext, Observation } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { type AnsweredGroup, getGroup, getOperation } from './aci-calls.ts'
import { orderStamp } from './aci-stamps.ts'
import type { Operation } from './arm/container-group.ts'
import { endWithMain } from './end-with-main.ts'
import { isJustOrdered } from './group-view.ts'
import { mapAciState } from './map-aci-state.ts'
import { nextLookInMs } from './poll-schedule.ts'
import { rememberGroup } from './remember-group.ts'

/** A group for which no place was found after so long may have been given up, which only its creating call tells. */
const PLACED_WITHIN_MS = 15_000

/** The newest state of one run, with all that the service tells of it. */
export async function askGroup(account: AciAccount, ref: string, context: CallContext): Promise<Observation> {
  const found = await getGroup(account, ref, context)
  if (found === null) {
    if (isJustOrdered(account.views.get(ref))) return { ...nothing(ref), phase: 'pending' }
    account.views.delete(ref)
    return { ...nothing(ref), phase: 'gone' }
  }
  return await observeGroup(account, ref, found, context)
}

/** What an answer that tells of one group by itself says; its creating call is asked too where the group does not say why it failed. */
export async function observeGroup(
  account: AciAccount,
  ref: string,
  { group, answer }: AnsweredGroup,
  context: CallContext,
): Promise<Observation> {
  const { receivedAt } = answer
  const seen = {
    ref,
    group,
    receivedAt,
    source: 'group',
    stopOrderedAt: account.views.get(ref)?.stopOrderedAt,
  }
  const first = mapAciState(seen)
  const operation = await explain(account, first, group.properties.provisioningState, context)
  const observation = operation === null ? first : mapAciState({ ...seen, operation })
  const view = rememberGroup(account, observation, group, { askedAt: performance.now() })
  endWithMain(account, ref, group, context)
  return {
    ...observation,
    evidence: [...observation.evidence, ...orderStamp(operation?.startTime)],
    nextChangeInMs: nextLookInMs(view, performance.now()),
  }
}

function nothing(ref: string): Omit<Observation, 'phase'> {
  return { ref, containers: {}, addresses: [], events: [], evidence: [] }
}

async function explain(
  account: AciAccount,
  { ref, phase, failure }: Observation,
  provisioningState: string | undefined,
  context: CallContext,
): Promise<Operation | null> {
  const view = account.views.get(ref)
  if (view?.operation === undefined || failure !== undefined || view.isFailed || phase === 'stopped')
    return null
  const isLost = phase === 'pending' && performance.now() - view.firstSeenAt > PLACED_WITHIN_MS
  if (provisioningState !== 'Failed' && provisioningState !== 'Canceled' && !isLost) return null
  return await getOperation(account, view.operation, context)
}
