import { askToEnd } from './ask-to-end.ts'
import type { Pod } from './cluster/pod.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { mainHasEnded, runningSidecars } from './pod-state.ts'

/**
 * Ends the sidecars of a run whose main container has ended for good, on clusters that do not end them by themselves. This falls to whichever
 * process first learns of it. Nobody waits for it; one that fails is made up for by the next process that looks, or by the run's removal. A
 * sidecar without a shell goes at the Pod's deadline, which is set to now.
 */
export function endWithMain(host: KubernetesHost, ref: string, pod: Pod): void {
  const running = runningSidecars(pod)
  const inHand =
    host.removing.has(ref) || host.ending.has(ref) || pod.metadata.deletionTimestamp !== undefined
  if (running.length === 0 || inHand || !mainHasEnded(pod)) return
  host.ending.add(ref)
  void endEach(
    host,
    ref,
    running.map(({ name }) => name),
  )
    .catch(() => {})
    .finally(() => host.ending.delete(ref))
}

async function endEach(host: KubernetesHost, ref: string, names: readonly string[]): Promise<void> {
  const asked = await Promise.all(names.map((name) => askToEnd(host, ref, name)))
  if (asked.every(Boolean)) return
  await host.client.call({
    method: 'PATCH',
    path: await host.path('pods', ref),
    contentType: 'application/merge-patch+json',
    body: { spec: { activeDeadlineSeconds: 1 } },
  })
}
