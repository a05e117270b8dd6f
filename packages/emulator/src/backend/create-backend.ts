import type { Backend } from './backend.ts'
import { createNoneBackend } from './none/none-backend.ts'
import { createProcessBackend } from './process/process-backend.ts'
import { removeProcessLeftovers } from './process/state-folder.ts'

/** Which backend, and for whom. */
export interface BackendOptions {
  /** `auto` is docker where an engine answers, else process. */
  readonly kind: 'docker' | 'process' | 'none' | 'auto'
  /**
   * The emulator's: whatever it makes is known by this name, so that an emulator of the same name can remove what one that was killed left
   * behind. Lower-case letters, digits and hyphens, at most 30.
   */
  readonly name: string
  /** Where the process backend keeps its files. Default: a directory of this user in the system's directory for temporary files. */
  readonly directory?: string | undefined
}

/**
 * Makes a backend, after removing what an emulator of the same name left behind.
 * @throws TypeError for a wrong name
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  requireName(options.name)
  await removeLeftovers(options)
  if (options.kind === 'none') return createNoneBackend()
  return createProcessBackend(options.name, options.directory)
}

/**
 * Removes what emulators of that name left behind whose process is gone; what belongs to one that lives stays. Resolves with the number of
 * containers that were removed.
 */
export async function removeLeftovers(options: BackendOptions): Promise<number> {
  requireName(options.name)
  return removeProcessLeftovers(options.name, options.directory)
}

function requireName(name: string): void {
  if (/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/.test(name)) return
  throw new TypeError(
    `an emulator is named by lower-case letters, digits and hyphens, at most 30, not ${JSON.stringify(name)}`,
  )
}
