import type { RunChange } from '../contract/container-run.ts'
import type { RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'
import { observeInto } from './wait-for.ts'

/** Every change of a run from now on, in order, until it is gone, the loop ends, or the signal aborts. */
export async function* streamChanges(
  record: RunRecord,
  services: RunServices,
  signal: AbortSignal,
): AsyncGenerator<RunChange> {
  signal.throwIfAborted()
  const queue: RunChange[] = []
  let failure: { readonly error: unknown } | undefined
  let wake: () => void = () => {}
  const stopListening = record.onChange((change) => {
    queue.push(change)
    wake()
  })
  const starts = () => record.phase === 'pending' || record.main?.state === 'waiting'
  const subscription = observeInto(record, services, starts() ? 'starting' : 'steady', (error) => {
    failure = { error }
    wake()
  })
  const abort = () => wake()
  signal.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      subscription.setUrgency(starts() ? 'starting' : 'steady')
      const change = queue.shift()
      if (change) {
        yield change
        continue
      }
      signal.throwIfAborted()
      if (failure) throw failure.error
      if (record.phase === 'gone') return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    stopListening()
    subscription.close()
    signal.removeEventListener('abort', abort)
  }
}
