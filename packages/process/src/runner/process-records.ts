import { rmSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonFile } from './json-file.ts'
import { isAlive, type ProcessIdentity } from './process-identity.ts'
import { systemErrorCode } from './runner-error.ts'
import { groupPaths } from './state-directory.ts'

/** A process that the supervisor started: it leads a process group of its own. */
export interface ProcessRecord extends ProcessIdentity {
  readonly container: string
  readonly purpose: 'main' | 'exec'
}

/** Notes a process in the group's directory, so that it is found there should the supervisor die. */
export function writeProcessRecord(groupDirectory: string, record: ProcessRecord): void {
  writeFileSync(join(groupPaths(groupDirectory).processes, String(record.pid)), JSON.stringify(record), {
    mode: 0o600,
  })
}

export function deleteProcessRecord(groupDirectory: string, pid: number): void {
  rmSync(join(groupPaths(groupDirectory).processes, String(pid)), { force: true })
}

/** The processes noted in the group's directory that are still alive. A number that now belongs to another is left out. */
export async function readProcessRecords(groupDirectory: string): Promise<ProcessRecord[]> {
  const directory = groupPaths(groupDirectory).processes
  let names: string[]
  try {
    names = await readdir(directory)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
  const records = await Promise.all(names.map((name) => readRecord(join(directory, name))))
  const alive = await Promise.all(records.map((record) => record !== null && isAlive(record)))
  return records
    .filter((record, index) => record !== null && alive[index])
    .filter((record) => record !== null)
}

async function readRecord(path: string): Promise<ProcessRecord | null> {
  try {
    return await readJsonFile<ProcessRecord>(path)
  } catch (error) {
    // Cut short: the supervisor was killed while it wrote. The mark in the process's environment still finds it.
    if (error instanceof SyntaxError) return null
    throw error
  }
}
