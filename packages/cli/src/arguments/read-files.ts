import { stat } from 'node:fs/promises'
import type { FileSpec } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'
import { readLocalFile } from './read-local-file.ts'

const EXECUTABLE = 0o111

/** The files of `--file SOURCE:DESTINATION`, by their absolute path in the container. Throws UsageError. */
export async function readFiles(texts: readonly string[]): Promise<Readonly<Record<string, FileSpec>>> {
  const files: Record<string, FileSpec> = {}
  for (const text of texts) {
    const colon = text.lastIndexOf(':')
    const [source, destination] = [text.slice(0, colon), text.slice(colon + 1)]
    if (colon < 1 || !destination.startsWith('/')) {
      throw new UsageError(
        `--file ${text}: write the file here and its absolute path there: --file ./site.conf:/etc/site.conf`,
      )
    }
    const content = await readLocalFile(source, '--file')
    const { mode } = await stat(source)
    files[destination] = { content, mode: (mode & EXECUTABLE) === 0 ? 0o644 : 0o755 }
  }
  return files
}
