import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { systemErrorCode } from './runner-error.ts'
import { groupPaths } from './state-directory.ts'

interface ChangedLabel {
  readonly key: string
  /** null where the label was deleted. */
  readonly value: string | null
}

/**
 * Sets labels (null deletes one) without touching the others. Each changed label has a file of its own that is
 * replaced as a whole, so writers of different labels never undo one another and no lock is needed.
 */
export function writeLabels(groupDirectory: string, patch: Readonly<Record<string, string | null>>): void {
  const directory = groupPaths(groupDirectory).labels
  for (const [key, value] of Object.entries(patch)) {
    const name = createHash('sha256').update(key).digest('hex')
    writeJsonFile(join(directory, name), { key, value } satisfies ChangedLabel)
  }
}

/** The labels that the group was made with, as changed since. */
export async function readLabels(
  groupDirectory: string,
  original: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const directory = groupPaths(groupDirectory).labels
  let names: string[]
  try {
    names = await readdir(directory)
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return original
    throw error
  }
  // A name with more to it is a draft of a write that is under way.
  const changes = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{64}$/.test(name))
      .map((name) => readJsonFile<ChangedLabel>(join(directory, name))),
  )
  const labels = new Map(Object.entries(original))
  for (const change of changes) {
    if (change === null) continue
    if (change.value === null) labels.delete(change.key)
    else labels.set(change.key, change.value)
  }
  return Object.fromEntries(labels)
}
