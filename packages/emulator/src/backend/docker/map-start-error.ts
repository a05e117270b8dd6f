import { EngineError } from '@berth/docker/engine'
import { StartError } from '../backend.ts'

/** Why the engine did not start a container or a program in it. What is no answer of the engine stays as it is. */
export function mapStartError(error: unknown, what: string): unknown {
  if (error instanceof TypeError)
    return new StartError('refused', `${what}: ${error.message}`, { cause: error })
  if (!EngineError.isInstance(error) || error.status === undefined) return error
  return startErrorOf(error.message, what, error)
}

/** The same of the engine's words alone. */
export function startErrorOf(words: string, what: string, cause?: unknown): StartError {
  return new StartError(reasonOf(words), `${what}: ${words}`, { cause })
}

function reasonOf(words: string): StartError['reason'] {
  if (/is not running|No such container/i.test(words)) return 'not-running'
  if (/no such file or directory|executable file not found/i.test(words)) return 'not-found'
  if (/permission denied|exec format error|is a directory/i.test(words)) return 'not-executable'
  return 'refused'
}
