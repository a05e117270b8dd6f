import {
  type ContainerSnapshot,
  type GroupSnapshot,
  type GroupSpec,
  type ProcessRunner,
  RunnerError,
  type LogRecord as RunnerLogRecord,
} from '@berth/process/runner'
import { type Ended, StartError, type Started } from '../backend.ts'
import { exitCodeOf } from '../exit-code.ts'
import { joinLines, type OutputPiece } from '../join-lines.ts'
import type { Instance } from '../sandbox.ts'
import { MAIN, mainOf } from './main-container.ts'
import { attachToProcess, executeProcess } from './process-execution.ts'
import { readProcessUsage } from './read-process-usage.ts'

/** Starts a group of one container that is never restarted: one instance. @throws StartError */
export async function startProcessInstance(runner: ProcessRunner, spec: GroupSpec): Promise<Instance> {
  const group = await createGroup(runner, spec)
  const name = group.name
  const main = mainOf(group)
  let over = false
  const ended = awaitEnd(runner, group).finally(() => {
    over = true
  })
  ended.catch(() => {}) // told to whoever waits for it
  return {
    started: startOf(group, main),
    ended,
    async stop(graceInMs) {
      await runner.stop(name, { graceInMs })
    },
    kill: (signal) => unlessOver(runner.kill(name, signal as NodeJS.Signals, { container: MAIN })),
    logs: ({ follow = false, signal }) =>
      joinLines(readPieces(runner.logs(name, { follow, signal })), () => follow || over),
    exec: (command, options) => executeProcess(runner, name, command, options),
    attach: (options) => attachToProcess(runner, name, options, ended),
    usage: () => readProcessUsage(main.pid),
    async remove() {
      await runner.remove(name)
    },
  }
}

/** Resolves when its process was spawned; where it cannot be, nothing is left. */
async function createGroup(runner: ProcessRunner, spec: GroupSpec): Promise<GroupSnapshot> {
  const group = await untilSpawned(runner, await runner.create(spec))
  const { termination } = mainOf(group)
  if (termination?.reason !== 'start-failed') return group
  await runner.remove(spec.name)
  const reason = termination.exitCode === 127 ? 'not-found' : 'not-executable'
  throw new StartError(reason, termination.message ?? 'its process could not be started')
}

/** A program that cannot be spawned shows a moment later. */
async function untilSpawned(runner: ProcessRunner, created: GroupSnapshot): Promise<GroupSnapshot> {
  if (mainOf(created).state !== 'waiting') return created
  for await (const group of runner.follow(created.name, { uid: created.uid })) {
    if (mainOf(group).state !== 'waiting') return group
  }
  throw new StartError('refused', `group ${created.name} was removed before it started`)
}

/** From just before the supervisor spawned it until just after. */
function startOf({ events }: GroupSnapshot, { startedAtInUs }: ContainerSnapshot): Started {
  const starting = events.findLast(({ type }) => type === 'starting')
  const before = (startedAtInUs ?? 0) / 1000
  return { after: starting === undefined ? before : starting.timeInUs / 1000, before }
}

async function awaitEnd(runner: ProcessRunner, { name, uid }: GroupSnapshot): Promise<Ended> {
  let last: GroupSnapshot | undefined
  for await (const group of runner.follow(name, { uid })) last = group
  const termination = last && mainOf(last).termination
  if (termination?.reason === 'supervisor-lost') {
    throw new Error(`nobody saw how the process of group ${name} ended: ${termination.message}`)
  }
  // Removed before its end was told: it was killed.
  const signal = termination ? (termination.signal ?? undefined) : 'SIGKILL'
  return {
    exitCode: signal === undefined ? (termination?.exitCode ?? 0) : exitCodeOf(signal),
    signal,
    outOfMemory: false,
    at: termination?.finishedAtInUs ? termination.finishedAtInUs / 1000 : Date.now(),
  }
}

async function* readPieces(records: AsyncIterable<RunnerLogRecord>): AsyncGenerator<OutputPiece> {
  try {
    for await (const { timeInUs, stream, bytes } of records) yield { at: timeInUs / 1000, stream, bytes }
  } catch (error) {
    // The log of what was removed is at its end.
    if (!(RunnerError.isInstance(error) && error.code === 'not-found')) throw error
  }
}

/** A process that has just ended needs no signal any more. */
async function unlessOver(call: Promise<void>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(RunnerError.isInstance(error) && error.code === 'not-running')) throw error
  }
}
