import type { CallContext, Observation } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import { getPod, listPods } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { RUN_LABEL } from './kubernetes-tags.ts'
import { learnOutsideAddresses } from './learn-outside-addresses.ts'
import { goneState } from './map-kubernetes-state.ts'
import { observeEvents, observePod, wantsEvents } from './observe-pod.ts'
import { forgetPod } from './remember-pod.ts'

/** From so many on they are listed in one call. */
const LISTED_FROM = 4

/** The newest state of many runs. */
export async function pollPods(
  host: KubernetesHost,
  refs: readonly string[],
  context: CallContext,
): Promise<readonly Observation[]> {
  if (refs.length < LISTED_FROM) return await Promise.all(refs.map((ref) => pollPod(host, ref, context)))
  const { object, receivedAt } = await listPods(host, `${RUN_LABEL} in (${refs.join(',')})`, context)
  const pods = new Map((object.items ?? []).map((pod) => [pod.metadata.name, pod]))
  return await Promise.all(refs.map((ref) => observeAnswer(host, ref, pods.get(ref), receivedAt, context)))
}

/** The newest state of one run. */
async function pollPod(host: KubernetesHost, ref: string, context: CallContext): Promise<Observation> {
  const answer = await getPod(host, ref, context)
  return await observeAnswer(host, ref, answer?.object, answer?.receivedAt ?? 0, context)
}

async function observeAnswer(
  host: KubernetesHost,
  ref: string,
  pod: Pod | undefined,
  receivedAt: number,
  context: CallContext,
): Promise<Observation> {
  if (pod === undefined) {
    forgetPod(host, ref)
    return goneState(ref)
  }
  await learnOutsideAddresses(host, ref, pod, context)
  const observation = observePod(host, ref, pod, receivedAt)
  if (!wantsEvents(host, ref, pod)) return observation
  const told = await observeEvents(host, ref, pod, context)
  return { ...told, evidence: [...observation.evidence, ...told.evidence] }
}
