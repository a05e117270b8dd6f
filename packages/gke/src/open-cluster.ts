import { type CallContext, untilAborted } from '@berth/core'
import { findCluster } from './find-cluster.ts'
import type { GkeAccount } from './gke-account.ts'
import type { GkeCluster } from './gke-cluster.ts'
import { mapGkeError } from './map-gke-error.ts'

/**
 * The cluster, asked for until it was found; who asks meanwhile shares the question, which changes nothing and goes on when one of them leaves. Throws
 * BerthErrors or the signal's reason.
 */
export async function openCluster(
  account: GkeAccount,
  { signal }: Pick<CallContext, 'signal'>,
): Promise<GkeCluster> {
  if (account.cluster !== undefined) return account.cluster
  account.opening ??= findCluster(account).finally(() => {
    account.opening = undefined
  })
  try {
    account.cluster = await untilAborted(account.opening, signal)
    return account.cluster
  } catch (error) {
    throw signal.aborted ? signal.reason : mapGkeError(error)
  }
}
