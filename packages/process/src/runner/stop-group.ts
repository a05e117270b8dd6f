import { setTimeout as delay } from 'node:timers/promises'
import type { GroupState } from './group-record.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import { killGroupProcesses } from './kill-processes.ts'
import { signalProcess } from './process-identity.ts'
import { readProcessRecords } from './process-records.ts'
import { type FoundGroup, isSupervised, readSnapshot } from './read-group.ts'
import { callSupervisor, type SupervisorRequest } from './supervisor-connection.ts'

/** How a group is ended. */
export interface StopOptions {
  /** How long the processes may take to end before they are killed. Default 10 000; 0 kills at once. */
  readonly graceInMs?: number | undefined
  /** What asks them to end. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals | undefined
  /** Ends the wait; the supervisor carries on with the stop. */
  readonly signal?: AbortSignal | undefined
}

/** Ends every container of a group and resolves when nothing of it runs; the group stays until it is removed. */
export async function stopGroup(found: FoundGroup, options: StopOptions = {}): Promise<GroupSnapshot> {
  const { graceInMs = 10_000, stopSignal = 'SIGTERM', signal } = options
  const request = { operation: 'stop', graceInMs, stopSignal } as const
  const state = await askUntilAnswered(found, request, signal)
  if (state === null) await stopUnsupervised(found, graceInMs, stopSignal, signal)
  return readSnapshot(found)
}

/**
 * Puts a request to the supervisor, and waits for one that is just about to listen; null when there is none and will
 * be none.
 */
export async function askUntilAnswered(
  found: FoundGroup,
  request: SupervisorRequest,
  signal?: AbortSignal,
): Promise<GroupState | null> {
  for (;;) {
    const state = await callSupervisor(found, request, signal)
    if (state !== null) return state
    if (!(await isSupervised(found))) return null
    await delay(5, undefined, { signal }).catch(() => signal?.throwIfAborted())
  }
}

async function stopUnsupervised(
  found: FoundGroup,
  graceInMs: number,
  stopSignal: NodeJS.Signals,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + graceInMs
  for (const { pid } of await readProcessRecords(found.directory)) signalProcess(pid, stopSignal)
  while (performance.now() < deadline && (await readProcessRecords(found.directory)).length > 0) {
    await delay(10, undefined, { signal }).catch(() => signal?.throwIfAborted())
  }
  await killGroupProcesses(found.directory, found.record.uid)
}
