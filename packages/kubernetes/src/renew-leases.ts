import type { CallContext, Renewal, Renewed } from '@berth/core'
import { call } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { isAbsent, mapKubernetesError } from './map-kubernetes-error.ts'

/** How many leases are renewed at once. */
const CONCURRENCY = 8

/** Moves the end of many leases: one small patch of each Pod's annotations. Each has an outcome of its own. */
export async function renewLeases(
  host: KubernetesHost,
  renewals: readonly Renewal[],
  context: CallContext,
): Promise<readonly Renewed[]> {
  const left = [...renewals]
  const outcomes: Renewed[] = []
  const next = async (): Promise<void> => {
    for (let renewal = left.shift(); renewal !== undefined; renewal = left.shift()) {
      outcomes.push(await renewLease(host, renewal, context))
    }
  }
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, left.length) }, next))
  return outcomes
}

async function renewLease(
  host: KubernetesHost,
  { ref, expiresAt, owner, lifetime }: Renewal,
  context: CallContext,
): Promise<Renewed> {
  const expires = expiresAt === null ? 'never' : String(Math.ceil(expiresAt.getTime() / 1_000))
  const annotations = {
    'berth-expires': expires,
    ...(owner !== undefined && { 'berth-owner': owner }),
    ...(lifetime !== undefined && { 'berth-lifetime': lifetime }),
  }
  try {
    await call(host, context, {
      method: 'PATCH',
      path: await host.path('pods', ref),
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations } },
    })
    return { ref, outcome: 'renewed' }
  } catch (error) {
    context.signal.throwIfAborted()
    if (isAbsent(error)) return { ref, outcome: 'gone' }
    return { ref, outcome: 'failed', error: mapKubernetesError(error, { ref }) }
  }
}
