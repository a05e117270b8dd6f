import { type ContainerSpec, type Pod, StartError, type Started } from './backend.ts'
import type { Instance, Sandbox } from './sandbox.ts'

/** A container of a pod: the instance that runs or ran last, and the one before it, which is kept for its log. */
interface Slot {
  starting?: Promise<Instance> | undefined
  current?: Instance | undefined
  previous?: Instance | undefined
  /** Whether the current instance has ended. */
  over: boolean
  startCount: number
}

/** A pod over the sandbox of any backend: which instance is meant, what may follow on what, and that nothing is left in the end. */
export function managedPod(name: string, sandbox: Sandbox, onRemoved: () => void): Pod {
  const slots = new Map<string, Slot>()
  /** Instances of no more use that are not gone yet: the sandbox must outlive them. */
  const discarded = new Set<Instance>()
  let removing = false
  let removal: Promise<void> | undefined

  /** The instance that runs, or is about to, or ran last. */
  async function lastInstance(container: string): Promise<Instance> {
    const slot = slots.get(container)
    await settled(slot?.starting)
    if (slot?.current !== undefined) return slot.current
    throw new StartError('not-running', `container ${container} of pod ${name} was never started`)
  }

  async function runningInstance(container: string): Promise<Instance> {
    const instance = await lastInstance(container)
    if (!slots.get(container)?.over) return instance
    throw new StartError('not-running', `container ${container} of pod ${name} has ended; start it again`)
  }

  async function start(container: ContainerSpec): Promise<Started> {
    if (removing) throw refusedByRemoval(container.name)
    const slot = slots.get(container.name) ?? { over: true, startCount: 0 }
    slots.set(container.name, slot)
    if (slot.starting !== undefined || !slot.over) {
      throw new StartError(
        'refused',
        `container ${container.name} of pod ${name} runs already; stop it first`,
      )
    }
    slot.starting = sandbox.start(container, slot.startCount++).then((instance) => replace(slot, instance))
    try {
      const instance = await slot.starting
      // The removal has waited for this start, and takes with it what was started.
      if (removing) throw refusedByRemoval(container.name)
      return instance.started
    } finally {
      slot.starting = undefined
    }
  }

  function replace(slot: Slot, instance: Instance): Instance {
    if (slot.previous !== undefined) discard(slot.previous)
    slot.previous = slot.current
    slot.current = instance
    slot.over = false
    instance.ended.then(
      () => {
        slot.over = true
      },
      () => {}, // told to whoever waits for the end
    )
    return instance
  }

  function discard(instance: Instance): void {
    discarded.add(instance)
    instance.remove().then(
      () => discarded.delete(instance),
      () => {}, // tried again when the pod is removed
    )
  }

  async function removeAll(): Promise<void> {
    removing = true
    await Promise.allSettled([...slots.values()].map(({ starting }) => starting))
    const instances = [...slots.values()].flatMap(({ current, previous }) => [current, previous])
    await Promise.all([...instances, ...discarded].map((instance) => instance?.remove()))
    await sandbox.remove()
    onRemoved()
  }

  function refusedByRemoval(container: string): StartError {
    return new StartError(
      'refused',
      `pod ${name} is being removed, so its container ${container} does not start`,
    )
  }

  return {
    name,
    host: sandbox.host,
    address: sandbox.address,
    connect: sandbox.connect,
    start,
    ended: async (container) => (await lastInstance(container)).ended,
    async stop(container, graceInMs) {
      const instance = await lastInstance(container)
      if (!slots.get(container)?.over) await instance.stop(graceInMs)
      return instance.ended
    },
    async kill(container, signal) {
      const instance = await lastInstance(container)
      if (!slots.get(container)?.over) await instance.kill(signal)
    },
    async *logs(container, { previous = false, ...options }) {
      const slot = slots.get(container)
      await settled(slot?.starting)
      const instance = previous ? slot?.previous : slot?.current
      if (instance !== undefined) yield* instance.logs(options)
    },
    exec: async (container, command, options) => (await runningInstance(container)).exec(command, options),
    attach: async (container, options) => (await runningInstance(container)).attach(options),
    usage: async (container) => (await runningInstance(container)).usage(),
    remove() {
      removal ??= removeAll().catch((error: unknown) => {
        removal = undefined
        throw error
      })
      return removal
    },
  }
}

/** Waits for a start, whose failure is told to whoever asked for it. */
async function settled(starting: Promise<Instance> | undefined): Promise<void> {
  await starting?.catch(() => {})
}
