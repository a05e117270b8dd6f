import { createEngineClient, type EngineClientOptions } from '@berth/docker/engine'
import type { Backend } from './backend.ts'
import { createDockerBackend } from './docker/docker-backend.ts'
import { removeDockerLeftovers } from './docker/docker-leftovers.ts'
import { createNoneBackend } from './none/none-backend.ts'
import { createProcessBackend } from './process/process-backend.ts'
import { removeProcessLeftovers } from './process/state-folder.ts'

/** Which backend, and for whom. */
export interface BackendOptions {
  /** `auto` is docker where an engine answers, else process. */
  readonly kind: Backend['kind'] | 'auto'
  /**
   * The emulator's: whatever it makes is known by this name, so that an emulator of the same name can remove what one that was killed left
   * behind. Lower-case letters, digits and hyphens, at most 30.
   */
  readonly name: string
  /** The engine of backend docker. Default: the one that the docker command would use. */
  readonly engine?: EngineClientOptions | undefined
  /** Where backend process keeps its files. Default: a directory of this user in the system's directory for temporary files. */
  readonly directory?: string | undefined
}

/**
 * Makes a backend, after removing what an emulator of the same name left behind on it.
 * @throws TypeError for a wrong name; EngineConfigurationError or EngineError where docker is asked for and no engine answers
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const { name, engine, directory } = options
  requireName(name)
  switch (options.kind) {
    case 'none':
      return createNoneBackend()
    case 'process':
      return createProcessBackend(name, directory)
    case 'docker':
      return createDockerBackend(name, engine)
    case 'auto':
      if (!(await engineAnswers(engine))) return createProcessBackend(name, directory)
      // There may have been no engine the last time.
      await removeProcessLeftovers(name, directory)
      return createDockerBackend(name, engine)
  }
}

/**
 * Removes what emulators of that name left behind whose process is gone; what belongs to one that lives stays. Resolves with the number of
 * containers that were removed.
 */
export async function removeLeftovers(options: BackendOptions): Promise<number> {
  const { kind, name, directory } = options
  requireName(name)
  let count = 0
  if (kind === 'docker' || (kind === 'auto' && (await engineAnswers(options.engine)))) {
    using engine = createEngineClient(options.engine)
    count += await removeDockerLeftovers(engine, name)
  }
  if (kind === 'process' || kind === 'auto') count += await removeProcessLeftovers(name, directory)
  return count
}

const answerInMs = 3_000

async function engineAnswers(options?: EngineClientOptions): Promise<boolean> {
  using engine = createEngineClient(options)
  try {
    await engine.ping({ signal: AbortSignal.timeout(answerInMs) })
    return true
  } catch {
    return false
  }
}

function requireName(name: string): void {
  if (/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/.test(name)) return
  throw new TypeError(
    `an emulator is named by lower-case letters, digits and hyphens, at most 30, not ${JSON.stringify(name)}`,
  )
}
