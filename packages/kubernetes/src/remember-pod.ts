import type { Pod } from './cluster/pod.ts'
import { isTroubled } from './find-kubernetes-failure.ts'
import { type KubernetesHost, letGoOf, type PodView, viewOf } from './kubernetes-host.ts'
import { mainStatus, statusesOf } from './pod-state.ts'

/** Notes what was seen of a run. */
export function rememberPod(host: KubernetesHost, ref: string, pod: Pod): PodView {
  const before = host.views.get(ref)?.pod
  // Another run of the same name is another run: nothing of the one before holds for it.
  if (before && before.metadata.uid !== pod.metadata.uid) host.views.delete(ref)
  const view = viewOf(host, ref)
  if (isOlder(pod, view.pod)) return view
  view.failedPulls += newlyFailedPulls(pod, view.pod)
  view.unplacedSince = isUnschedulable(pod) ? (view.unplacedSince ?? performance.now()) : undefined
  view.pod = pod
  host.changes.emit('pod', ref)
  return view
}

/** Notes that a run is not there any more. */
export function forgetPod(host: KubernetesHost, ref: string): void {
  const view = host.views.get(ref)
  if (view) view.pod = null
  host.views.delete(ref)
  letGoOf(host, [ref])
  host.changes.emit('pod', ref)
}

/** In one word what events would have to say about; undefined where they say nothing that is not known. */
export function situationOf(pod: Pod): string | undefined {
  if (isUnschedulable(pod)) return 'unschedulable'
  const troubled = statusesOf(pod).find(isTroubled)
  if (troubled) return `${troubled.name} ${troubled.state?.waiting?.reason} ${troubled.restartCount}`
  const { state } = mainStatus(pod) ?? {}
  if (state?.running || state?.terminated) return 'started'
  return pod.status?.phase === 'Failed' ? 'failed' : undefined
}

export function isUnschedulable({ spec, status }: Pod): boolean {
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  return !spec.nodeName && condition?.reason === 'Unschedulable'
}

/** Versions of one object count up, which is all that may be read from them. */
function isOlder(pod: Pod, known: Pod | null | undefined): boolean {
  const [one, other] = [pod, known].map((each) => Number(each?.metadata.resourceVersion))
  return one !== undefined && other !== undefined && one < other
}

function newlyFailedPulls(pod: Pod, before: Pod | null | undefined): number {
  const failing = (of: Pod | null | undefined) =>
    (of ? statusesOf(of) : []).filter(({ state }) => state?.waiting?.reason === 'ErrImagePull')
  return failing(pod).length > 0 && failing(before).length === 0 ? 1 : 0
}
