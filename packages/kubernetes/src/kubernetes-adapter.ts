import type { Adapter, CallContext } from '@berth/core'
import { attachKubernetesSession } from './attach-kubernetes-session.ts'
import { checkKubernetes } from './check-kubernetes.ts'
import { copyInto, copyOutOf } from './copy-kubernetes-files.ts'
import { createPod } from './create-pod.ts'
import { findPods } from './find-pods.ts'
import { forwardKubernetesPort } from './forward-kubernetes-port.ts'
import type { KubernetesSubject } from './kubernetes-error-meaning.ts'
import { anyKubernetes, type KubernetesFlavour } from './kubernetes-flavour.ts'
import { kubernetesHost, letGoOf } from './kubernetes-host.ts'
import { checkOptions, type KubernetesOptions } from './kubernetes-options.ts'
import { kubernetesRates } from './kubernetes-rates.ts'
import { KUBERNETES_CLOCKS } from './kubernetes-stamps.ts'
import { mapKubernetesError } from './map-kubernetes-error.ts'
import { openKubernetesSession } from './open-kubernetes-session.ts'
import { pollPods } from './poll-pods.ts'
import { REMOVAL_LIMIT_IN_MS, removePod } from './remove-pod.ts'
import { renewLeases } from './renew-leases.ts'
import { stopPod } from './stop-pod.ts'
import { streamKubernetesLogs } from './stream-kubernetes-logs.ts'
import { validatePlan } from './validate-plan.ts'
import { watchPods } from './watch-pods.ts'

const MINUTE_IN_MS = 60_000

/**
 * The verbs of a namespace: what `kubernetes()` is made of, and what an adapter for one cloud's clusters can be made of, with `cluster` in the
 * options for where its own API says that the cluster is, and with its own words. No I/O. Throws TypeError or RangeError for options that cannot be.
 */
export function kubernetesAdapter(
  options: KubernetesOptions = {},
  flavour: KubernetesFlavour = anyKubernetes,
): Adapter {
  checkOptions(options)
  const host = kubernetesHost(options, flavour)
  return {
    clocks: KUBERNETES_CLOCKS,
    // A renewal is one small call for each run. What a lost order has made is there at once, or not at all.
    lease: { lengthInMs: 5 * MINUTE_IN_MS, settleInMs: 5_000, removeInMs: REMOVAL_LIMIT_IN_MS },
    pacing: { batchSize: 50, concurrentCreates: 50 },

    check: (context) => checkKubernetes(host, context),
    validate: (plan) => validatePlan(plan, flavour),
    create: (plan, context) =>
      translate(context, { flavour, ref: plan.name, image: plan.containers[0]?.image }, () =>
        createPod(host, plan, context),
      ),
    poll: (refs, context) => translate(context, { flavour }, () => pollPods(host, refs, context)),
    watch: (context) => watchPods(host, context),
    find: (query, context) => translateEach(context, { flavour }, findPods(host, query, context)),
    renew: (renewals, context) => translate(context, { flavour }, () => renewLeases(host, renewals, context)),
    stop: (ref, { graceInMs }, context) =>
      translate(context, { flavour, ref }, () => stopPod(host, ref, graceInMs, context)),
    remove: (ref, context) => translate(context, { flavour, ref }, () => removePod(host, ref, context)),
    rates: () => kubernetesRates,
    logs: (ref, query, context) =>
      translateEach(context, { flavour, ref }, streamKubernetesLogs(host, ref, query, context)),
    exec: (ref, command, own, context) =>
      translate(context, { flavour, ref }, () => openKubernetesSession(host, ref, command, own, context)),
    attach: (ref, own, context) =>
      translate(context, { flavour, ref }, () => attachKubernetesSession(host, ref, own, context)),
    portForward: (ref, port, context) =>
      translate(context, { flavour, ref }, () => forwardKubernetesPort(host, ref, port, context.signal)),
    copyIn: (ref, path, tar, { container }, context) =>
      translate(context, { flavour, ref }, () => copyInto(host, ref, path, tar, container, context)),
    copyOut: (ref, path, { container }, context) =>
      translate(context, { flavour, ref }, () => copyOutOf(host, ref, path, container, context)),
    close: async () => {
      letGoOf(host)
      host.client.close()
    },
  }
}

/** Throws what the adapter's contract allows: the abort's reason, or a BerthError. One that leaves the outcome open says so even then. */
async function translate<T>(
  { signal }: CallContext,
  subject: KubernetesSubject,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const mapped = mapKubernetesError(error, subject)
    if (!signal.aborted || isOutcomeUnknown(mapped)) throw mapped
    throw signal.reason
  }
}

async function* translateEach<T>(
  { signal }: CallContext,
  subject: KubernetesSubject,
  items: AsyncIterable<T>,
): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw signal.aborted ? signal.reason : mapKubernetesError(error, subject)
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'outcomeUnknown' in error && error.outcomeUnknown === true
  )
}
