import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { nowInUs } from './clock.ts'
import { deleteDebris } from './delete-debris.ts'
import type { ContainerState, GroupRecord, GroupState } from './group-record.ts'
import type { ContainerSnapshot, GroupSnapshot } from './group-snapshot.ts'
import { readJsonFile } from './json-file.ts'
import { readLabels } from './labels.ts'
import { isAlive, type ProcessIdentity } from './process-identity.ts'
import { readProcessRecords } from './process-records.ts'
import { RunnerError, systemErrorCode } from './runner-error.ts'
import { groupPaths, type StateDirectory } from './state-directory.ts'

/** A group on disk, found by name. */
export interface FoundGroup {
  readonly directory: string
  readonly record: GroupRecord
}

/** A group's record; null when there is none of that name, or (where `uid` is given) only another one. */
export async function findGroup(
  state: StateDirectory,
  name: string,
  uid?: string,
): Promise<FoundGroup | null> {
  const directory = join(state.groups, name)
  const record = await readJsonFile<GroupRecord>(groupPaths(directory).record)
  return record === null || (uid !== undefined && record.uid !== uid) ? null : { directory, record }
}

/** As {@link findGroup}, but a group that is absent is an error: RunnerError `not-found`. */
export async function requireGroup(state: StateDirectory, name: string, uid?: string): Promise<FoundGroup> {
  const found = await findGroup(state, name, uid)
  if (found !== null) return found
  throw new RunnerError('not-found', `there is no group ${JSON.stringify(name)} in ${state.path}`)
}

/** How a group is now; null when it is absent. */
export async function readGroup(
  state: StateDirectory,
  name: string,
  uid?: string,
): Promise<GroupSnapshot | null> {
  const found = await findGroup(state, name, uid)
  return found === null ? null : readSnapshot(found)
}

/** How every group is now, in the order of their creation. What is none, because its maker or remover was killed, is deleted on the way. */
export async function listGroups(state: StateDirectory): Promise<GroupSnapshot[]> {
  await deleteDebris(state)
  const snapshots = await Promise.all((await listGroupNames(state)).map((name) => readGroup(state, name)))
  return snapshots
    .filter((snapshot) => snapshot !== null)
    .sort((one, other) => one.createdAtInUs - other.createdAtInUs || one.name.localeCompare(other.name))
}

export async function listGroupNames(state: StateDirectory): Promise<string[]> {
  try {
    return await readdir(state.groups)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** Reads how a group is from its directory. */
export async function readSnapshot(found: FoundGroup): Promise<GroupSnapshot> {
  const paths = groupPaths(found.directory)
  const labels = await readLabels(found.directory, found.record.labels)
  const state = await readJsonFile<GroupState>(paths.state)
  if (state?.phase === 'ended' || (await isSupervised(found))) return composeSnapshot(found, labels, state)
  // A supervisor writes its last state before it exits: what is read after it was seen dead is the last, and where that
  // does not say `ended`, it was killed.
  const lastState = await readJsonFile<GroupState>(paths.state)
  if (lastState?.phase === 'ended') return composeSnapshot(found, labels, lastState)
  return composeSnapshot(found, labels, await stateOfLostGroup(found, lastState), 'lost')
}

/** How long a supervisor may take to appear after the death of the process that started it. */
const launchWindowInUs = 5_000_000

/** Whether a supervisor watches the group or may be about to. One that has written how the group ended has no more to tell, even while it still lives. */
export async function isSupervised(found: FoundGroup): Promise<boolean> {
  const state = await readJsonFile<GroupState>(groupPaths(found.directory).state)
  if (state?.phase === 'ended') return false
  const supervisor = await readJsonFile<ProcessIdentity>(groupPaths(found.directory).supervisor)
  if (supervisor !== null) return isAlive(supervisor)
  return (
    Math.abs(nowInUs() - found.record.createdAtInUs) < launchWindowInUs ||
    (await isAlive(found.record.creator))
  )
}

/** Joins what was asked for with how it is. */
export function composeSnapshot(
  { directory, record }: FoundGroup,
  labels: Readonly<Record<string, string>>,
  state: GroupState | null,
  phase: GroupSnapshot['phase'] = state?.phase ?? 'pending',
): GroupSnapshot {
  const initCount = record.initContainers.length
  const containers = [...record.initContainers, ...record.containers].map(
    (container, index): ContainerSnapshot => ({
      ...(state?.containers[index] ?? waitingContainer(container.name)),
      image: container.image,
      command: container.command,
      args: container.args,
      sidecar: container.sidecar,
      root: groupPaths(directory).root(container.name),
    }),
  )
  return {
    name: record.name,
    uid: record.uid,
    createdAtInUs: record.createdAtInUs,
    revision: state?.revision ?? 0,
    labels,
    phase,
    failure: phase === 'lost' ? 'its supervisor is gone' : (state?.failure ?? null),
    address: record.address,
    ports: state?.ports ?? [],
    initContainers: containers.slice(0, initCount),
    containers: containers.slice(initCount),
    events: state?.events ?? [
      { timeInUs: record.createdAtInUs, container: null, type: 'created', message: null },
    ],
  }
}

export function waitingContainer(name: string): ContainerState {
  return {
    name,
    state: 'waiting',
    waitingFor: 'pending',
    pid: null,
    startedAtInUs: null,
    termination: null,
    restartCount: 0,
    lastTermination: null,
  }
}

/** What is still true of the last state of a supervisor that was killed: a container runs while its process does. */
async function stateOfLostGroup(found: FoundGroup, state: GroupState | null): Promise<GroupState> {
  const alive = new Set((await readProcessRecords(found.directory)).map((process) => process.pid))
  const names = [...found.record.initContainers, ...found.record.containers].map(
    (container) => container.name,
  )
  const known = state ?? {
    version: 1,
    revision: 0,
    phase: 'pending',
    failure: null,
    ports: [],
    containers: [],
    events: [],
  }
  const containers = names.map((name, index) => {
    const container = known.containers[index] ?? waitingContainer(name)
    if (container.state === 'terminated' || (container.pid !== null && alive.has(container.pid)))
      return container
    return {
      ...container,
      state: 'terminated' as const,
      waitingFor: null,
      pid: null,
      termination: lostTermination(container),
    }
  })
  return { ...known, containers }
}

function lostTermination(container: ContainerState): NonNullable<ContainerState['termination']> {
  return {
    exitCode: null,
    signal: null,
    startedAtInUs: container.startedAtInUs,
    finishedAtInUs: null,
    reason: 'supervisor-lost',
    message: 'the process that watched it is gone, so nobody saw how it ended',
  }
}
