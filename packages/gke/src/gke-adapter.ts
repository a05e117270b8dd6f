import { type Adapter, NEVER_ABORTED } from '@berth/core'
import { kubernetesAdapter } from '@berth/kubernetes'
import { checkGke } from './check-gke.ts'
import { chooseEndpoint } from './choose-endpoint.ts'
import type { GkeAccount } from './gke-account.ts'
import type { GkeOptions } from './gke-options.ts'
import { gkeRates } from './gke-rates.ts'
import { mapGkeError, SIGN_IN } from './map-gke-error.ts'
import { openCluster } from './open-cluster.ts'
import { kubernetesOptions, planForGke } from './plan-for-gke.ts'

const FLAVOUR = {
  name: 'gke',
  signIn: SIGN_IN,
  spotLabels: { 'cloud.google.com/gke-spot': 'true' },
}

/** The verbs of a namespace of a cluster: Kubernetes' own, with what Google knows of the cluster, and what Autopilot makes of a plan. */
export function gkeAdapter(account: GkeAccount, options: GkeOptions): Adapter {
  const { signIn, access } = account
  const kubernetes = kubernetesAdapter(
    {
      namespace: options.namespace ?? 'default',
      expose: options.expose ?? 'local',
      unschedulableAfterMs: options.unschedulableAfterMs,
      // Whoever waits for it leaves by a signal of his own.
      cluster: async () => {
        const cluster = await openCluster(account, { signal: NEVER_ABORTED })
        return chooseEndpoint(cluster, access, () => signIn.token().catch(rethrowMapped))
      },
    },
    FLAVOUR,
  )
  return {
    ...kubernetes,
    check: (context) => checkGke(account, kubernetes, context),
    validate: (plan) => {
      kubernetes.validate?.({ ...plan, native: kubernetesOptions(plan) })
      if (account.cluster !== undefined) planForGke(plan, account.cluster)
    },
    create: async (plan, context) => {
      const fitting = planForGke(plan, await openCluster(account, context))
      const created = await kubernetes.create(fitting.plan, context)
      return { ...created, notes: [...fitting.notes, ...(created.notes ?? [])] }
    },
    rates: (plan) => gkeRates(plan, account.cluster),
    close: async () => {
      await kubernetes.close()
      await account.api.close()
    },
  }
}

function rethrowMapped(error: unknown): never {
  throw mapGkeError(error)
}
