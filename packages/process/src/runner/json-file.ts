import { renameSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { systemErrorCode } from './runner-error.ts'

let writes = 0

/** Replaces a file as a whole, so that a reader sees the old content or the new and nothing between. */
export function writeJsonFile(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}-${++writes}`
  writeFileSync(draft, JSON.stringify(value), { mode: 0o600 })
  renameSync(draft, path)
}

/** The content of a file written by {@link writeJsonFile}; null where it is absent. */
export async function readJsonFile<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}
