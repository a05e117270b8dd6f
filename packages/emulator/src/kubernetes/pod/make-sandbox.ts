import type { Pod as Sandbox } from '../../backend/backend.ts'
import type { KubernetesParts } from '../kubernetes-parts.ts'
import type { Pod } from '../objects/pod.ts'
import { convertToPod } from './convert-to-pod.ts'
import { resolveVolumes, VolumeError } from './resolve-volumes.ts'

const RETRY_IN_MS = 500
const LONGEST_RETRY_IN_MS = 122_000

export interface SandboxParts {
  readonly parts: KubernetesParts
  /** As it is now. */
  readonly pod: () => Pod
  readonly signal: AbortSignal
  /** Called with what a volume waits for. */
  readonly onMountFailed: (message: string) => void
  /** Called with what is being made, which is to be removed whatever comes of it. */
  readonly onMaking: (sandbox: Promise<Sandbox>) => void
}

/** Makes a Pod's sandbox with its volumes, once all that they hold is there. Rejects with the signal's reason. */
export async function makeSandbox(options: SandboxParts): Promise<Sandbox> {
  const { parts, pod, signal, onMountFailed, onMaking } = options
  for (let waitInMs = RETRY_IN_MS; ; waitInMs = Math.min(LONGEST_RETRY_IN_MS, waitInMs * 2)) {
    try {
      const volumes = resolveVolumes(pod(), parts.store)
      const making = parts.world.backend.createPod(convertToPod(pod(), volumes))
      onMaking(making)
      const sandbox = await making
      signal.throwIfAborted()
      return sandbox
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error
      onMountFailed(error.message)
      await parts.world.time.pass(waitInMs, signal)
    }
  }
}
