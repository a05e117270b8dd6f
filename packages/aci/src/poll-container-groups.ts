import type { CallContext, Observation } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { type AnsweredGroup, listGroups } from './aci-calls.ts'
import { askGroup } from './ask-group.ts'
import { mapAciState } from './map-aci-state.ts'
import { isToBeAsked, nextLookInMs } from './poll-schedule.ts'
import { rememberGroup } from './remember-group.ts'

/** So many groups are asked for one by one: each answer tells more than a list. */
const FEW = 3
/** How many of a long list are asked for by themselves at one look; those that have waited longest first. */
const MOST_ASKED = 60

/** The newest state of many runs: one list for all of them, and a question by itself only where a run is near a change. */
export async function pollContainerGroups(
  account: AciAccount,
  refs: readonly string[],
  context: CallContext,
): Promise<readonly Observation[]> {
  if (refs.length <= FEW) return await Promise.all(refs.map((ref) => askGroup(account, ref, context)))
  const listed = new Map<string, AnsweredGroup>()
  for (const entry of await listGroups(account, context)) {
    if (entry.group.name !== undefined) listed.set(entry.group.name, entry)
  }
  const now = performance.now()
  const due = refs
    .filter((ref) => {
      const entry = listed.get(ref)
      // One that the list lacks is gone, or so new that the list does not know it yet.
      return entry === undefined || isToBeAsked(account.views.get(ref), entry.group, now)
    })
    .sort((one, other) => askedAt(account, one) - askedAt(account, other))
  const asked = new Set(due.slice(0, MOST_ASKED))
  return await Promise.all(
    refs.flatMap((ref): (Observation | Promise<Observation>)[] => {
      const entry = listed.get(ref)
      if (asked.has(ref)) return [askGroup(account, ref, context)]
      return entry ? [fromList(account, ref, entry)] : []
    }),
  )
}

function askedAt(account: AciAccount, ref: string): number {
  return account.views.get(ref)?.askedAt ?? Number.NEGATIVE_INFINITY
}

/** What a list tells. It may be older than what a question by itself has told, which it must not undo. */
function fromList(account: AciAccount, ref: string, { group, answer }: AnsweredGroup): Observation {
  const observation = mapAciState({ ref, group, receivedAt: answer.receivedAt, source: 'list' })
  const before = account.views.get(ref)
  const isOlder = before !== undefined && (before.hasStarted || before.phase !== 'pending')
  const merged: Observation = {
    ...observation,
    phase: isOlder ? before.phase : observation.phase,
    addresses: before?.phase === 'stopped' ? [] : observation.addresses,
  }
  const view = rememberGroup(account, merged, group, {})
  return { ...merged, nextChangeInMs: nextLookInMs(view, performance.now()) }
}
