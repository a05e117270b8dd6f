import type { ChildProcess } from 'node:child_process'
import { nowInUs } from '../clock.ts'
import { killMarkedProcesses } from '../kill-processes.ts'
import { identify, signalProcess, signalProcessGroup } from '../process-identity.ts'
import { deleteProcessRecord, writeProcessRecord } from '../process-records.ts'
import { settledWithin } from './settled-within.ts'

/** How a process of the group ended. */
export interface ProcessEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly finishedAtInUs: number
}

/** How long output may still come from what a container left behind in its process group, all of it being killed. */
const drainInMs = 50
const longDrainInMs = 500

/** A process that the supervisor started: noted on disk while it lives, and ended with everything in its process group. */
export class RunningProcess {
  readonly pid: number
  readonly startedAtInUs: number
  /** The process has ended; its output may not be complete yet. */
  readonly exited: Promise<ProcessEnd>
  readonly child: ChildProcess
  readonly #closed: Promise<void>
  #ended = false

  /** Must be made in the same turn of the event loop as the process, which is killed where it cannot be noted. */
  constructor(container: string, purpose: 'main' | 'exec', child: ChildProcess, pid: number) {
    this.child = child
    this.pid = pid
    this.startedAtInUs = nowInUs()
    try {
      writeProcessRecord('.', { ...identify(pid, this.startedAtInUs), container, purpose })
    } catch (error) {
      // What cannot be noted must not run.
      signalProcessGroup(pid, 'SIGKILL')
      throw error
    }
    this.#closed = new Promise((resolve) => child.once('close', () => resolve()))
    this.exited = new Promise((resolve) => {
      child.once('exit', (exitCode, signal) => {
        const end = { exitCode, signal, finishedAtInUs: nowInUs() }
        this.#ended = true
        // The number stays taken while anyone is left in the process group, so this reaches ours or nobody.
        // What an exec session leaves behind stays with its container, but only where it is found again by its mark.
        if (purpose === 'main' || process.platform !== 'linux') signalProcessGroup(pid, 'SIGKILL')
        deleteProcessRecord('.', pid)
        resolve(end)
      })
    })
  }

  /** Signals the process alone, as an engine signals the first process of a container. */
  signal(signal: NodeJS.Signals): void {
    if (!this.#ended) signalProcess(this.pid, signal)
  }

  /** Kills it with all that is in its process group. */
  kill(): void {
    if (!this.#ended) signalProcessGroup(this.pid, 'SIGKILL')
  }

  /** Waits, after its end, until the last of its output was read; what others still hold open is given up after a while. */
  async drain(uid: string, container: string | null): Promise<void> {
    if (await settledWithin(this.#closed, drainInMs)) return
    if (container !== null) await killMarkedProcesses(uid, container)
    if (await settledWithin(this.#closed, longDrainInMs)) return
    for (const stream of this.child.stdio) stream?.destroy()
  }
}
