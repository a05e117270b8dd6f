import { EngineError } from './engine-error.ts'
import type { EngineRequest } from './engine-request.ts'

/**
 * What whoever reads a broken answer is told: the abort's reason, that the connection broke, or what was wrong with
 * the content.
 */
export function streamFailure(error: unknown, { method, path, signal }: EngineRequest): unknown {
  if (signal?.aborted) return signal.reason
  if (EngineError.isInstance(error)) return error
  const { code, message } = error as NodeJS.ErrnoException
  const what = code === undefined ? 'failed' : 'lost its connection'
  return new EngineError(`${method} ${path} ${what} in the midst of its answer: ${message}`, {
    method,
    path,
    code,
    sent: true,
    cause: error,
  })
}
