import type { CallContext } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import { getPod } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { forgetPod, rememberPod } from './remember-pod.ts'

/** Without a watch the Pod is asked about so often; with one, just in case. */
const ASK_EVERY_MS = 500
const ASK_ANYWAY_AFTER_MS = 1_000

/**
 * Waits until a run's Pod is as it should be, and gives it; null where it is gone, or another has taken its place. While a watch is open it hears of
 * changes by it, and asks only now and then.
 */
export async function untilPod(
  host: KubernetesHost,
  ref: string,
  uid: string | undefined,
  holds: (pod: Pod) => boolean,
  context: CallContext,
): Promise<Pod | null> {
  let known = host.views.has(ref) ? host.views.get(ref)?.pod : await ask(host, ref, context)
  for (;;) {
    for (;;) {
      if (known === null || (known && known.metadata.uid !== uid)) return null
      if (known && holds(known)) return known
      const limitInMs = host.watches > 0 ? ASK_ANYWAY_AFTER_MS : ASK_EVERY_MS
      if (!(await changed(host, ref, limitInMs, context.signal))) break
      // Only a run that is gone is forgotten.
      known = host.views.has(ref) ? host.views.get(ref)?.pod : null
    }
    known = await ask(host, ref, context)
  }
}

/** Whether something newer became known within the time. */
function changed(
  host: KubernetesHost,
  ref: string,
  limitInMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer)
      host.changes.off('pod', listen)
      signal.removeEventListener('abort', abort)
      end()
    }
    const listen = (of: string) => of === ref && settle(() => resolve(true))
    const abort = () => settle(() => reject(signal.reason))
    // It keeps the process alive: somebody waits.
    const timer = setTimeout(() => settle(() => resolve(false)), limitInMs)
    host.changes.on('pod', listen)
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })
}

async function ask(host: KubernetesHost, ref: string, context: CallContext): Promise<Pod | null> {
  const answer = await getPod(host, ref, context)
  if (answer === null) {
    if (host.views.has(ref)) forgetPod(host, ref)
    return null
  }
  rememberPod(host, ref, answer.object)
  return answer.object
}
