import type { CallContext, Instant, Observation } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import { endWithMain } from './end-with-main.ts'
import { listEvents } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { mapKubernetesState } from './map-kubernetes-state.ts'
import { rememberPod, situationOf } from './remember-pod.ts'

/** A Pod's state by itself. */
export function observePod(host: KubernetesHost, ref: string, pod: Pod, receivedAt: Instant): Observation {
  const view = rememberPod(host, ref, pod)
  endWithMain(host, ref, pod)
  return mapKubernetesState(ref, pod, { view, receivedAt, unschedulableAfterMs: host.unschedulableAfterMs })
}

/** Whether the Pod is in a situation of which its events tell more, and they have not been asked for since. */
export function wantsEvents(host: KubernetesHost, ref: string, pod: Pod): boolean {
  const view = host.views.get(ref)
  const situation = situationOf(pod)
  return situation !== undefined && view !== undefined && view.situation !== situation
}

/** The state with what the Pod's events tell. */
export async function observeEvents(
  host: KubernetesHost,
  ref: string,
  pod: Pod,
  context: CallContext,
): Promise<Observation> {
  const view = rememberPod(host, ref, pod)
  view.situation = situationOf(pod)
  const events = await listEvents(host, pod.metadata.uid ?? '', context)
  // It may have gone on while they were asked for.
  const current = view.pod ?? pod
  const { unschedulableAfterMs } = host
  return mapKubernetesState(ref, current, {
    view,
    receivedAt: performance.now(),
    events,
    unschedulableAfterMs,
  })
}
