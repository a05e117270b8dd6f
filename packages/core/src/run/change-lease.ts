import type { Lifetime } from '../contract/lifetime.ts'
import { BerthError } from '../errors/berth-error.ts'
import { expiryFrom, lifetimeTag } from '../lease/lifetime-tags.ts'
import { newOwnerTag } from '../lease/owner.ts'
import type { RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'

/** Which lease, and whose from now on. */
export interface LeaseChange {
  readonly lifetime: Lifetime
  /** Whether the run is handed over: it then gets an owner and a lifetime tag of its own. */
  readonly handsOver: boolean
  readonly signal: AbortSignal
}

/**
 * Gives a run's lease another end on the cloud, and notes it in the record.
 * @throws BerthError `unsupported` where the cloud, or a maxLifetime, cannot be changed; `not-found` where the run is gone
 */
export async function changeLease(
  record: RunRecord,
  { caller, adapter, leaseInMs }: RunServices,
  { lifetime, handsOver, signal }: LeaseChange,
): Promise<void> {
  const { provider, ref } = record.facts
  const id = `${provider}/${ref}`
  if (adapter.renew === undefined) {
    throw new BerthError({
      code: 'unsupported',
      message: `${provider} cannot change a run's lease; start it with lifetime 'keep' or { maxLifetime }`,
      provider,
    })
  }
  if (!handsOver && typeof lifetime === 'object' && 'maxLifetime' in lifetime) {
    throw new BerthError({
      code: 'unsupported',
      message: `${id} ends at its maxLifetime for sure; a renewal cannot change that, handOver() to another lifetime can`,
      provider,
    })
  }
  const renew = adapter.renew.bind(adapter)
  const expiresAt = expiryFrom(Date.now(), lifetime, leaseInMs)
  const change = handsOver ? { owner: newOwnerTag(), lifetime: lifetimeTag(lifetime) } : {}
  await caller.call(
    'renew',
    async (context) => {
      const [renewed] = await renew([{ ref, expiresAt, ...change }], context)
      if (renewed?.outcome === 'failed') throw renewed.error
      if (renewed?.outcome === 'renewed') return
      const message = `${id} is not there any more; its lease cannot be renewed`
      throw new BerthError({ code: 'not-found', message })
    },
    signal,
  )
  record.lifetime = lifetime
  record.expiresAt = expiresAt
}
