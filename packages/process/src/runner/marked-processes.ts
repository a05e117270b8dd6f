import { readdir, readFile } from 'node:fs/promises'
import { readKernelStamp } from './process-identity.ts'

const variable = 'BERTH_PROCESS'

/**
 * The environment variable by which every process of a container is known, whoever its parent has become. Children
 * inherit it, so it also finds those that left their process group.
 */
export function processMark(uid: string, container: string): Record<string, string> {
  return { [variable]: `${uid}/${container}` }
}

/**
 * The processes of a group, or of one container of it, that carry its mark. Only Linux shows the environment of other
 * processes; elsewhere none are found.
 */
export async function findMarkedProcesses(uid: string, container?: string): Promise<MarkedProcess[]> {
  if (process.platform !== 'linux') return []
  const start = Buffer.from(`${variable}=${uid}/${container === undefined ? '' : `${container}\0`}`)
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name)).map(Number)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const kernelStamp = readKernelStamp(pid)
      return kernelStamp !== null && (await hasVariable(pid, start)) ? { pid, kernelStamp } : null
    }),
  )
  return found.filter((marked) => marked !== null)
}

export interface MarkedProcess {
  readonly pid: number
  readonly kernelStamp: string
}

async function hasVariable(pid: number, start: Buffer): Promise<boolean> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`)
    for (let at = environment.indexOf(start); at !== -1; at = environment.indexOf(start, at + 1)) {
      if (at === 0 || environment[at - 1] === 0) return true
    }
    return false
  } catch {
    // Gone, or of another user.
    return false
  }
}
