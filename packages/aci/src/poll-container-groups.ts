import type { CallContext, Observation } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { type AnsweredGroup, listGroups } from './aci-calls.ts'
import { askGroup } from './ask-group.ts'
import { mayPass } from './get-group-patiently.ts'
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
  if (refs.length <= FEW) return await answered(refs.map((ref) => askGroup(account, ref, context)))
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
  const asked = due.slice(0, MOST_ASKED)
  const others = refs.filter((ref) => !asked.includes(ref))
  const seen = others.flatMap((ref) => {
    const entry = listed.get(ref)
    return entry ? [fromList(account, ref, entry)] : []
  })
  return [...seen, ...(await answered(asked.map((ref) => askGroup(account, ref, context))))]
}

/** What was answered; the rest has its turn again. Throws only where nothing was, or what failed will fail again. */
async function answered(asking: readonly Promise<Observation>[]): Promise<Observation[]> {
  const outcomes = await Promise.allSettled(asking)
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  const isHopeless = failures.length === outcomes.length || !failures.every(mayPass)
  if (failures.length > 0 && isHopeless) throw failures.find((failure) => !mayPass(failure)) ?? failures[0]
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
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
