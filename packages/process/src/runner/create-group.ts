import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stagedDirectory } from './delete-debris.ts'
import type { GroupSnapshot } from './group-snapshot.ts'
import type { GroupSpec } from './group-spec.ts'
import { launchSupervisor } from './launch-supervisor.ts'
import { composeSnapshot } from './read-group.ts'
import { removeGroup } from './remove-group.ts'
import { messageOf, RunnerError, systemErrorCode } from './runner-error.ts'
import { openStateDirectory, type StateDirectory } from './state-directory.ts'
import { validateGroupSpec } from './validate-group-spec.ts'
import { writeGroupDirectory } from './write-group-directory.ts'

/**
 * Makes a group and starts it. The group exists, with its labels, from the moment its finished directory gets its
 * name: before that nothing runs, and after it whatever runs can be found. Resolves when the first processes were
 * spawned and the ports are known. Where it fails or is aborted, what was made is removed before the error is thrown.
 * @throws TypeError, RangeError; RunnerError `conflict`, `unknown-image`, `start-failed`, `unavailable`; the reason of `signal`
 */
export async function createGroup(
  state: StateDirectory,
  spec: GroupSpec,
  signal?: AbortSignal,
): Promise<GroupSnapshot> {
  validateGroupSpec(spec)
  signal?.throwIfAborted()
  await openStateDirectory(state)
  const uid = randomUUID()
  const staged = stagedDirectory(state, uid)
  const directory = join(state.groups, spec.name)
  try {
    const record = await writeGroupDirectory(staged, uid, spec)
    signal?.throwIfAborted()
    await claimName(staged, directory)
    try {
      const started = await launchSupervisor(directory, record, environmentOf(spec), signal)
      return composeSnapshot({ directory, record }, record.labels, started)
    } catch (error) {
      await removeAfterFailure(state, spec.name, uid, error)
      throw error
    }
  } catch (error) {
    await rm(staged, { recursive: true, force: true })
    throw error
  }
}

/** Gives the finished directory its name, which exactly one of several callers can do. */
async function claimName(staged: string, directory: string): Promise<void> {
  try {
    await rename(staged, directory)
  } catch (error) {
    // Windows answers EPERM where the others say that the directory there is not empty.
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemErrorCode(error) ?? '')) throw error
    throw new RunnerError(
      'conflict',
      `a group has this name already: ${directory}; remove it or choose another name`,
      {
        cause: error,
      },
    )
  }
}

async function removeAfterFailure(
  state: StateDirectory,
  name: string,
  uid: string,
  cause: unknown,
): Promise<void> {
  try {
    await removeGroup(state, name, { uid })
  } catch (error) {
    throw new RunnerError(
      'unavailable',
      `group ${name} could not be started (${messageOf(cause)}) and not be removed either (${messageOf(error)}); remove it`,
      { cause },
    )
  }
}

function environmentOf(spec: GroupSpec) {
  const containers = [...(spec.initContainers ?? []), ...spec.containers]
  return { env: Object.fromEntries(containers.map((container) => [container.name, container.env ?? {}])) }
}
