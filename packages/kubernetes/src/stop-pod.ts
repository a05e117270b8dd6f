import type { CallContext } from '@berth/core'
import { askToEnd } from './ask-to-end.ts'
import type { Pod } from './cluster/pod.ts'
import { call, getPod } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { STOPPED } from './kubernetes-names.ts'
import { isAbsent, isOutdated } from './map-kubernetes-error.ts'
import { hasEnded, isKeptStopped, isRunning, statusesOf } from './pod-state.ts'
import { rememberPod } from './remember-pod.ts'
import { untilPod } from './until-pod.ts'

const MERGE_PATCH = 'application/merge-patch+json'

/**
 * Ends a run's containers and keeps its Pod. Where each of them can be asked by a shell of its own, and ends within the grace, the Pod ends as if by
 * itself. Else it is deleted with what is left of the grace, and a finalizer keeps it in the cluster: with its exit codes, but without its logs.
 */
export async function stopPod(
  host: KubernetesHost,
  ref: string,
  graceInMs: number,
  context: CallContext,
): Promise<void> {
  const answer = await getPod(host, ref, context)
  if (answer === null) return
  const pod = answer.object
  rememberPod(host, ref, pod)
  if (hasEnded(pod)) return
  const { uid } = pod.metadata
  const deadline = performance.now() + graceInMs
  if (await askAll(host, ref, pod)) {
    const limit = AbortSignal.timeout(Math.max(1, Math.ceil(graceInMs)))
    try {
      await untilPod(host, ref, uid, hasEnded, {
        ...context,
        signal: AbortSignal.any([context.signal, limit]),
      })
      return
    } catch (error) {
      context.signal.throwIfAborted()
      if (!limit.aborted) throw error
    }
  }
  await keepAndDelete(host, ref, pod, Math.max(0, deadline - performance.now()), context)
  await untilPod(host, ref, uid, isKeptStopped, context)
}

/** Whether all that runs was asked, and will not be started again. */
async function askAll(host: KubernetesHost, ref: string, pod: Pod): Promise<boolean> {
  const { restartPolicy, shareProcessNamespace } = pod.spec
  const isStartedAgain = restartPolicy !== 'Never' || shareProcessNamespace === true
  const isNative = (pod.spec.initContainers ?? []).some((each) => each.restartPolicy === 'Always')
  if (isStartedAgain || isNative || pod.metadata.deletionTimestamp || !isRunning(pod)) return false
  const running = statusesOf(pod).filter(({ state }) => state?.running !== undefined)
  const asked = await Promise.all(running.map(({ name }) => askToEnd(host, ref, name)))
  return asked.every(Boolean)
}

async function keepAndDelete(
  host: KubernetesHost,
  ref: string,
  pod: Pod,
  graceInMs: number,
  context: CallContext,
): Promise<void> {
  const { uid, deletionTimestamp } = pod.metadata
  const path = await host.path('pods', ref)
  try {
    if (deletionTimestamp === undefined) await addFinalizer(host, ref, pod, context)
    await call(host, context, {
      method: 'DELETE',
      path,
      // With none at all the Pod would be gone from the cluster before its containers are.
      body: { gracePeriodSeconds: Math.max(1, Math.ceil(graceInMs / 1_000)), preconditions: { uid } },
    })
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}

async function addFinalizer(
  host: KubernetesHost,
  ref: string,
  pod: Pod,
  context: CallContext,
): Promise<void> {
  for (let current: Pod | undefined = pod; current; current = (await getPod(host, ref, context))?.object) {
    const { finalizers = [], resourceVersion, deletionTimestamp } = current.metadata
    if (finalizers.includes(STOPPED) || deletionTimestamp !== undefined) return
    try {
      await call(host, context, {
        method: 'PATCH',
        path: await host.path('pods', ref),
        contentType: MERGE_PATCH,
        body: { metadata: { finalizers: [...finalizers, STOPPED], resourceVersion } },
      })
      return
    } catch (error) {
      if (!isOutdated(error)) throw error
    }
  }
}
