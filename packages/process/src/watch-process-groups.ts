import type { CallContext, WatchMessage } from '@berth/core'
import { mapProcessError } from './map-process-error.ts'
import { goneObservation, observeGroup } from './map-process-state.ts'
import type { GroupChange, ProcessRunner } from './runner/index.ts'

/** Every change of every group, as the contract's messages. */
export async function* watchProcessGroups(
  runner: ProcessRunner,
  { signal }: CallContext,
): AsyncGenerator<WatchMessage> {
  try {
    for await (const change of runner.watch({ signal })) yield convert(change)
  } catch (error) {
    throw mapProcessError(error, 'watch', signal)
  }
}

function convert(change: GroupChange): WatchMessage {
  const receivedAt = performance.now()
  if (change.type === 'resync') {
    return { kind: 'resync', observations: change.groups.map((group) => observeGroup(group, receivedAt)) }
  }
  return {
    kind: 'observation',
    observation:
      change.type === 'changed' ? observeGroup(change.group, receivedAt) : goneObservation(change.name),
  }
}
