import { BerthError, type CallContext } from '@berth/core'
import type { ObjectMetadata } from './cluster/metadata.ts'
import type { Pod } from './cluster/pod.ts'
import { call, getPod, listParts, selectorOf } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { STOPPED } from './kubernetes-names.ts'
import { type RunPart, readParts } from './kubernetes-tags.ts'
import { isAbsent, isOutdated } from './map-kubernetes-error.ts'
import { allTerminated, hasEnded } from './pod-state.ts'
import { forgetPod, rememberPod } from './remember-pod.ts'
import { untilPod } from './until-pod.ts'

const MERGE_PATCH = 'application/merge-patch+json'
const KIND = { secret: 'secrets', service: 'services' } as const
/** A node that is there confirms within seconds; one that is very busy may take a minute. */
export const REMOVAL_LIMIT_IN_MS = 100_000
const ASK_EVERY_MS = 300

/** Removes all of a run. Resolves when its node has confirmed its containers gone, and the cluster has nothing of it any more. */
export async function removePod(host: KubernetesHost, ref: string, context: CallContext): Promise<void> {
  const limit = AbortSignal.timeout(REMOVAL_LIMIT_IN_MS)
  const limited = { ...context, signal: AbortSignal.any([context.signal, limit]) }
  host.removing.add(ref)
  try {
    const pod = await deletePod(host, ref, limited)
    const parts = pod ? readParts(pod.metadata) : await findParts(host, ref, limited)
    await Promise.all([
      pod && confirm(host, ref, pod, limited),
      ...parts.map((part) => removePart(host, part, ref, limited)),
    ])
    if (host.views.has(ref)) forgetPod(host, ref)
  } catch (error) {
    context.signal.throwIfAborted()
    if (!limit.aborted) throw error
    throw new BerthError({
      code: 'unavailable',
      message: `${ref}: its node has not confirmed the removal within ${REMOVAL_LIMIT_IN_MS / 1_000} s; if the node is gone for good, kubectl delete pod ${ref} -n ${await host.namespace()} --force takes the Pod out of the cluster`,
      retryable: false,
    })
  } finally {
    host.removing.delete(ref)
  }
}

/**
 * Asks for it, with the least grace with which a node still confirms; what has ended already needs no confirmation. Gives the Pod as it then is; null
 * where there is none.
 */
async function deletePod(host: KubernetesHost, ref: string, context: CallContext): Promise<Pod | null> {
  const known = host.views.get(ref)?.pod
  const isOver = known ? hasEnded(known) : false
  try {
    const pod = await askToDelete(host, ref, isOver ? 0 : 1, context)
    rememberPod(host, ref, pod)
    if (pod.metadata.finalizers?.includes(STOPPED)) await letGo(host, ref, pod, context)
    if (!isOver && hasEnded(pod)) {
      await askToDelete(host, ref, 0, context).catch((error: unknown) => {
        if (!isAbsent(error)) throw error
      })
    }
    return pod
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

async function askToDelete(
  host: KubernetesHost,
  ref: string,
  gracePeriodSeconds: number,
  context: CallContext,
): Promise<Pod> {
  const { object } = await call<Pod>(host, context, {
    method: 'DELETE',
    path: await host.path('pods', ref),
    body: { gracePeriodSeconds },
  })
  return object
}

/** Takes our finalizer off, and no other. */
async function letGo(host: KubernetesHost, ref: string, pod: Pod, context: CallContext): Promise<void> {
  const { uid } = pod.metadata
  for (let current: Pod | undefined = pod; current; current = (await getPod(host, ref, context))?.object) {
    const { finalizers = [], resourceVersion } = current.metadata
    if (current.metadata.uid !== uid || !finalizers.includes(STOPPED)) return
    try {
      await call(host, context, {
        method: 'PATCH',
        path: await host.path('pods', ref),
        contentType: MERGE_PATCH,
        body: { metadata: { finalizers: finalizers.filter((each) => each !== STOPPED), resourceVersion } },
      })
      return
    } catch (error) {
      if (isAbsent(error)) return
      if (!isOutdated(error)) throw error
    }
  }
}

/** The node says of each container when it has ended; that it then tidies up for seconds before it lets go of the Pod is nobody's concern. */
async function confirm(host: KubernetesHost, ref: string, pod: Pod, context: CallContext): Promise<void> {
  const { uid } = pod.metadata
  const ended = await untilPod(host, ref, uid, allTerminated, context)
  if (ended === null) return
  try {
    await askToDelete(host, ref, 0, context)
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
  await untilPod(host, ref, uid, () => false, context)
}

async function findParts(
  host: KubernetesHost,
  ref: string,
  context: CallContext,
): Promise<readonly RunPart[]> {
  const [secrets, services] = await Promise.all([
    listParts(host, 'secrets', selectorOf(ref), context),
    listParts(host, 'services', selectorOf(ref), context),
  ])
  return [
    ...(secrets.length > 0 ? (['secret'] as const) : []),
    ...(services.length > 0 ? (['service'] as const) : []),
  ]
}

/** A Service goes once its cloud has taken down the balancer behind it. */
async function removePart(
  host: KubernetesHost,
  part: RunPart,
  ref: string,
  context: CallContext,
): Promise<void> {
  const path = await host.path(KIND[part], ref)
  try {
    await call(host, context, { method: 'DELETE', path })
    for (;;) {
      await call<ObjectMetadata>(host, context, {
        method: 'GET',
        path,
        accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
      })
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    }
  } catch (error) {
    if (!isAbsent(error)) throw error
  }
}
