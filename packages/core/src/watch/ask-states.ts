import type { AdapterCaller } from '../call/adapter-caller.ts'
import type { Adapter } from '../contract/adapter.ts'
import type { Observation } from '../contract/observation.ts'

/** Asks the cloud for runs as they are now, by `poll` in batches of the adapter's size, or by `find` where it has none. */
export async function askStates(
  refs: readonly string[],
  adapter: Adapter,
  caller: AdapterCaller,
  signal: AbortSignal,
): Promise<Observation[]> {
  if (adapter.poll === undefined) {
    return await Promise.all(refs.map((ref) => findState(ref, adapter, caller, signal)))
  }
  const poll = adapter.poll.bind(adapter)
  const answers = await Promise.all(
    inBatches(refs, adapter.pacing?.batchSize ?? 1).map((batch) =>
      caller.call('poll', (context) => poll(batch, context), signal),
    ),
  )
  return answers.flat()
}

export function inBatches(refs: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(refs.length / size) }, (_, index) =>
    refs.slice(index * size, (index + 1) * size),
  )
}

async function findState(
  ref: string,
  adapter: Adapter,
  caller: AdapterCaller,
  signal: AbortSignal,
): Promise<Observation> {
  const found = await caller.call(
    'find',
    (context) => Array.fromAsync(adapter.find({ ref }, context)),
    signal,
  )
  return (
    found.find((each) => each.ref === ref)?.observation ?? {
      ref,
      phase: 'gone',
      containers: {},
      addresses: [],
      events: [],
      evidence: [],
    }
  )
}
