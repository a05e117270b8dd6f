import { setTimeout as delay } from 'node:timers/promises'
import { findMarkedProcesses } from './marked-processes.ts'
import { readKernelStamp, signalProcess, signalProcessGroup } from './process-identity.ts'
import { readProcessRecords } from './process-records.ts'
import { RunnerError } from './runner-error.ts'

const patienceInMs = 10_000

/**
 * Kills every process of a group and resolves when none is left. Only processes that are surely the group's are
 * killed: those noted in its directory whose start time still matches, and those that carry its mark.
 * @throws RunnerError `unavailable` when one does not die (uninterruptible in the kernel)
 */
export async function killGroupProcesses(groupDirectory: string, uid: string): Promise<void> {
  const deadline = performance.now() + patienceInMs
  for (let pauseInMs = 1; ; pauseInMs = Math.min(pauseInMs * 2, 50)) {
    const recorded = await readProcessRecords(groupDirectory)
    for (const { pid } of recorded) signalProcessGroup(pid, 'SIGKILL')
    const marked = await killMarkedProcesses(uid)
    const pids = [...new Set([...recorded.map(({ pid }) => pid), ...marked])]
    if (pids.length === 0) return
    if (performance.now() > deadline) {
      throw new RunnerError('unavailable', `killed processes that do not end: ${pids.join(', ')}`)
    }
    await delay(pauseInMs)
  }
}

/** Kills the processes that carry the mark of a group or container, and returns which they were. */
export async function killMarkedProcesses(uid: string, container?: string): Promise<number[]> {
  const marked = await findMarkedProcesses(uid, container)
  for (const { pid, kernelStamp } of marked) {
    // The scan took a while: look again, so that a number given to another meanwhile is left alone.
    if (readKernelStamp(pid) === kernelStamp) signalProcess(pid, 'SIGKILL')
  }
  return marked.map(({ pid }) => pid)
}
