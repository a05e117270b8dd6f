import type { Adapter, Observation, WatchMessage } from '../src/index.ts'
import { defineProvider } from '../src/index.ts'
import { MEMORY_CAPABILITIES, MemoryCloud, memoryAdapter } from './memory-cloud.ts'

/** A memory cloud that is watched: it tells each change once, to the streams that are open at that moment. */
export class StreamingCloud extends MemoryCloud {
  readonly #streams = new Set<(message: WatchMessage) => void>()

  get streams(): number {
    return this.#streams.size
  }

  /** Ends a run by itself and tells it. */
  end(ref: string, exitCode: number): void {
    const group = this.groups.get(ref)
    if (group === undefined) throw new Error(`there is no ${ref}`)
    group.exitCode = exitCode
    this.tell(this.observe(ref))
  }

  tell(observation: Observation): void {
    for (const stream of this.#streams) stream({ kind: 'observation', observation })
  }

  async *stream(signal: AbortSignal): AsyncGenerator<WatchMessage> {
    const queue: WatchMessage[] = [{ kind: 'connected' }]
    let wake: () => void = () => {}
    const take = (message: WatchMessage) => {
      queue.push(message)
      wake()
    }
    const abort = () => wake()
    this.#streams.add(take)
    signal.addEventListener('abort', abort)
    try {
      for (;;) {
        signal.throwIfAborted()
        const message = queue.shift()
        if (message) yield message
        else
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    } finally {
      this.#streams.delete(take)
      signal.removeEventListener('abort', abort)
    }
  }
}

export const streaming = defineProvider<
  typeof MEMORY_CAPABILITIES,
  { readonly cloud: StreamingCloud; readonly change?: (adapter: Adapter) => Adapter }
>({
  capabilities: MEMORY_CAPABILITIES,
  connect: ({ cloud, change = (adapter) => adapter }) =>
    change({ ...memoryAdapter({ cloud }), watch: ({ signal }) => cloud.stream(signal) }),
})

/** The memory cloud with some of its verbs changed. */
export const changed = defineProvider<
  typeof MEMORY_CAPABILITIES,
  { readonly cloud: MemoryCloud; readonly change: (adapter: Adapter) => Adapter }
>({
  capabilities: MEMORY_CAPABILITIES,
  connect: ({ cloud, change }) => change(memoryAdapter({ cloud })),
})
