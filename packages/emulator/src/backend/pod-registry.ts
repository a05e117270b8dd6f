import type { Pod, PodSpec } from './backend.ts'
import { managedPod } from './managed-pod.ts'
import type { Sandbox } from './sandbox.ts'

/** The pods that a backend has made and not yet removed, by name. */
export interface PodRegistry {
  create(spec: PodSpec): Promise<Pod>
  /** Refuses further pods and removes those that are there, also those that are just being made. */
  close(): Promise<void>
}

/** Keeps the pods of a backend, whose part is to make their sandboxes. Where that fails, nothing of the sandbox is left. */
export function podRegistry(createSandbox: (spec: PodSpec) => Promise<Sandbox>): PodRegistry {
  const pods = new Map<string, Promise<Pod>>()
  let closed = false

  async function make(spec: PodSpec): Promise<Pod> {
    try {
      const sandbox = await createSandbox(spec)
      return managedPod(spec.name, sandbox, () => pods.delete(spec.name))
    } catch (error) {
      pods.delete(spec.name)
      throw error
    }
  }

  return {
    async create(spec) {
      if (closed) throw new Error(`pod ${spec.name} cannot be made: the backend was closed`)
      if (pods.has(spec.name)) throw new Error(`there is a pod ${spec.name} already; choose another name`)
      const pod = make(spec)
      pods.set(spec.name, pod)
      return pod
    },
    async close() {
      closed = true
      const made = await Promise.allSettled(pods.values())
      await Promise.all(made.map((outcome) => outcome.status === 'fulfilled' && outcome.value.remove()))
    },
  }
}
