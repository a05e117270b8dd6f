import { type CallContext, type Renewal, type Renewed, readOwnershipTags } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { patchTags } from './aci-calls.ts'
import type { Tags } from './aci-tags.ts'
import { getGroupPatiently } from './get-group-patiently.ts'
import { isAbsent, mapAciError } from './map-aci-error.ts'

const CONCURRENCY = 8

/** Writes the new ends of leases into the tags of their groups, a call each. One that fails does not stop the others. */
export async function renewLeases(
  account: AciAccount,
  renewals: readonly Renewal[],
  context: CallContext,
): Promise<readonly Renewed[]> {
  const left = [...renewals]
  const outcomes: Renewed[] = []
  const next = async (): Promise<void> => {
    for (let renewal = left.shift(); renewal !== undefined; renewal = left.shift()) {
      outcomes.push(await renewLease(account, renewal, context))
    }
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, left.length) }, next))
  return outcomes
}

async function renewLease(
  account: AciAccount,
  { ref, expiresAt, owner, lifetime }: Renewal,
  context: CallContext,
): Promise<Renewed> {
  try {
    // All tags are written, so those of this moment are needed: somebody else may have changed them.
    const tags = (await getGroupPatiently(account, ref, context))?.group.tags
    if (!tags || readOwnershipTags(tags) === undefined) return { ref, outcome: 'gone' }
    const renewed: Tags = {
      ...tags,
      'berth-expires': expiresAt === null ? 'never' : String(Math.ceil(expiresAt.getTime() / 1_000)),
      ...(owner !== undefined && { 'berth-owner': owner }),
      ...(lifetime !== undefined && { 'berth-lifetime': lifetime }),
    }
    await patchTags(account, ref, renewed, context)
    return { ref, outcome: 'renewed' }
  } catch (error) {
    if (isAbsent(error)) return { ref, outcome: 'gone' }
    return { ref, outcome: 'failed', error: mapAciError(error, { ref }) }
  }
}
