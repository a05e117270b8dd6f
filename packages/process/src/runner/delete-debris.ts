import { chmod, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readKernelStamp } from './process-identity.ts'
import { systemErrorCode } from './runner-error.ts'
import type { StateDirectory } from './state-directory.ts'

/** Where a new group is written: under a name that tells, to whoever cleans up, whether its writer is still there. */
export function stagedDirectory(state: StateDirectory, uid: string): string {
  return join(state.staging, `${process.pid}.${startTickOf(process.pid) ?? ''}.${uid}`)
}

/** Deletes what processes that were killed left behind: groups half deleted, and groups that never came to be. */
export async function deleteDebris(state: StateDirectory): Promise<void> {
  for (const name of await readdir(state.trash).catch(() => []))
    await deleteTree(join(state.trash, name)).catch(() => {})
  for (const name of await readdir(state.staging).catch(() => []))
    if (await isAbandoned(state, name)) await deleteTree(join(state.staging, name)).catch(() => {})
}

/** Deletes a directory with all in it, also where a container took its own right to do so away. */
export async function deleteTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5 })
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes(systemErrorCode(error) ?? '')) throw error
    await openDirectories(path)
    await rm(path, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function openDirectories(path: string): Promise<void> {
  await chmod(path, 0o700)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await openDirectories(join(path, entry.name))
  }
}

const stagingLifeInMs = 60 * 60 * 1000

/** Whether nobody writes it any more: its writer is gone, or, where the system does not tell, it is old. */
async function isAbandoned(state: StateDirectory, name: string): Promise<boolean> {
  const [pid, startTick] = name.split('.')
  if (startTick && startTickOf(Number(pid)) !== startTick) return true
  const found = await stat(join(state.staging, name)).catch(() => null)
  return found !== null && Date.now() - found.mtimeMs > stagingLifeInMs
}

function startTickOf(pid: number): string | undefined {
  return readKernelStamp(pid)?.split('/').at(-1)
}
