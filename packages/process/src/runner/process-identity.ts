import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { nowInUs } from './clock.ts'

/** A process told apart from any later one that gets the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** Where the kernel tells it (Linux): the boot, and the clock tick at which the process began. */
  readonly kernelStamp: string | null
  /** When it was seen to begin, in microseconds since 1970. Used where there is no kernel stamp. */
  readonly startedAtInUs: number
}

/** The identity of a process that was started just now (or of this one). */
export function identify(pid: number, startedAtInUs: number): ProcessIdentity {
  return { pid, kernelStamp: readKernelStamp(pid), startedAtInUs }
}

/** This process. */
export function identifySelf(): ProcessIdentity {
  return identify(process.pid, Math.round(performance.timeOrigin * 1000))
}

/** Whether exactly that process is still there; a zombie is not, nor is another process with its number. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (process.platform === 'linux') {
    return identity.kernelStamp !== null && readKernelStamp(identity.pid) === identity.kernelStamp
  }
  try {
    process.kill(identity.pid, 0)
  } catch {
    return false
  }
  if (process.platform === 'win32') return true
  const started = await readStartTime(identity.pid)
  // `ps` gives whole seconds, and the stamp was taken by another clock than the kernel's.
  return started !== null && Math.abs(started - identity.startedAtInUs) < 3_000_000
}

/** Signals the process and every process of the process group that it leads. Nothing happens where none is left. */
export function signalProcessGroup(pid: number, signal: NodeJS.Signals): void {
  signalProcess(process.platform === 'win32' ? pid : -pid, signal)
}

/** Signals one process; nothing happens where it is gone, or where the system has no such signal. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // ESRCH: it is gone. EPERM: macOS says so of a zombie; a process of another user cannot be one that we started.
  }
}

/** The boot and start tick of a process, null when it is gone, a zombie, or where there is no /proc. */
export function readKernelStamp(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The program's name stands in parentheses and may hold anything, parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state] = fields
    const startTick = fields[19]
    if (state === 'Z' || state === 'X' || startTick === undefined) return null
    return `${readBootId()}/${startTick}`
  } catch {
    return null
  }
}

let bootId: string | undefined

function readBootId(): string {
  bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  return bootId
}

/** When a process began by `ps`, to the second; null when it is gone. For systems without /proc. */
export function readStartTime(pid: number): Promise<number | null> {
  return new Promise((resolve) => {
    execFile(
      'ps',
      ['-o', 'lstart=', '-p', String(pid)],
      { env: { ...process.env, LC_ALL: 'C' } },
      (error, output) => {
        const time = error === null ? Date.parse(output.trim()) : Number.NaN
        resolve(Number.isNaN(time) || time * 1000 > nowInUs() + 60_000_000 ? null : time * 1000)
      },
    )
  })
}
