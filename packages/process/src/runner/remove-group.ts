import { randomUUID } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { deleteDebris, deleteTree } from './delete-debris.ts'
import type { GroupState } from './group-record.ts'
import { readJsonFile } from './json-file.ts'
import { killGroupProcesses } from './kill-processes.ts'
import { isAlive, type ProcessIdentity, signalProcess } from './process-identity.ts'
import { type FoundGroup, findGroup } from './read-group.ts'
import { systemErrorCode } from './runner-error.ts'
import { distantSocketDirectory, groupPaths, type StateDirectory } from './state-directory.ts'
import { callSupervisor } from './supervisor-connection.ts'

/** Which group is removed, and how it is ended. */
export interface RemoveOptions {
  /** Only the group with this uid, not a later one that has its name. */
  readonly uid?: string | undefined
  /** How long the processes may take to end before they are killed. Default 0: they are killed at once. */
  readonly graceInMs?: number | undefined
  /** Ends the wait; what is not yet removed stays, to be removed again. */
  readonly signal?: AbortSignal | undefined
}

/** How long a supervisor may take to stop its containers, beside their grace. */
const patienceInMs = 5000
const spawnWindowInMs = 50

/**
 * Ends whatever a group runs, whether or not its supervisor lives, and deletes it with all its files. Resolves when it
 * is gone: true where it was there.
 * @throws RunnerError `unavailable` when a process cannot be killed; the reason of `signal`
 */
export async function removeGroup(
  state: StateDirectory,
  name: string,
  options: RemoveOptions = {},
): Promise<boolean> {
  const { uid, graceInMs = 0, signal } = options
  signal?.throwIfAborted()
  await deleteDebris(state)
  const found = await findGroup(state, name, uid)
  if (found === null) return false
  try {
    await writeFile(groupPaths(found.directory).removing, '')
    await endSupervisor(found, graceInMs, signal)
    await killGroupProcesses(found.directory, found.record.uid)
  } catch (error) {
    // Another remover was faster.
    if (systemErrorCode(error) === 'ENOENT' && (await findGroup(state, name, found.record.uid)) === null)
      return false
    throw error
  }
  const trash = join(state.trash, randomUUID())
  if (!(await moveAway(found.directory, trash))) return false
  await deleteTree(trash)
  await rm(join(distantSocketDirectory(), found.record.uid), { force: true })
  return true
}

/** Lets the supervisor end its containers, so that how they ended is recorded and told; then makes sure that it is gone. */
async function endSupervisor(found: FoundGroup, graceInMs: number, signal?: AbortSignal): Promise<void> {
  const patience = AbortSignal.timeout(graceInMs + patienceInMs)
  const either = signal === undefined ? patience : AbortSignal.any([signal, patience])
  for (let pauseInMs = 1; ; pauseInMs = Math.min(pauseInMs * 2, 20)) {
    // Read each time: one that was just being started may note itself, see that it must not, and end.
    const supervisor = await readJsonFile<ProcessIdentity>(groupPaths(found.directory).supervisor)
    if (supervisor === null || !(await isAlive(supervisor))) break
    if (patience.aborted) signalProcess(supervisor.pid, 'SIGKILL')
    else
      await callSupervisor(found, { operation: 'stop', graceInMs, stopSignal: 'SIGTERM' }, either).catch(
        unlessLate,
      )
    await delay(pauseInMs)
  }
  const state = await readJsonFile<GroupState>(groupPaths(found.directory).state)
  // One that was killed may have been between fork and exec, when its child carries no mark yet.
  if (state !== null && state.phase !== 'ended') await delay(spawnWindowInMs)

  function unlessLate(error: unknown) {
    if (!patience.aborted || signal?.aborted) throw error
  }
}

/** Takes the name from the group; false when another remover has done so. */
async function moveAway(directory: string, trash: string): Promise<boolean> {
  try {
    await rename(directory, trash)
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return false
    throw error
  }
}
