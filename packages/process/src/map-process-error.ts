import { BerthError, type BerthErrorCode } from '@berth/core'
import { RunnerError, type RunnerErrorCode } from './runner/index.ts'

const CODES: Readonly<Record<RunnerErrorCode, BerthErrorCode>> = {
  conflict: 'conflict',
  'not-found': 'not-found',
  'unknown-image': 'image-pull',
  'start-failed': 'start-failed',
  'not-running': 'conflict',
  unavailable: 'unavailable',
}

/** The runner's error in the contract's words. The caller's own reason, and what is a BerthError already, stay as they are. */
export function mapProcessError(error: unknown, verb: string, signal: AbortSignal): unknown {
  if (signal.aborted && error === signal.reason) return error
  if (BerthError.isInstance(error)) return error
  if (RunnerError.isInstance(error)) {
    return new BerthError({
      code: CODES[error.code],
      message: error.message,
      cause: error,
      // A supervisor that does not answer will not do so by being asked again at once.
      retryable: false,
      outcomeUnknown: error.code === 'unavailable',
    })
  }
  if (error instanceof TypeError || error instanceof RangeError) {
    return new BerthError({ code: 'invalid-spec', message: error.message, cause: error })
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'ENOSPC') {
    return new BerthError({
      code: 'unavailable',
      message: `${verb}: the disk is full (${text}); free some space and try again`,
      retryable: false,
      cause: error,
    })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new BerthError({
      code: 'permission',
      message: `${verb}: ${text}; give this user that directory, or choose another with the option 'directory'`,
      cause: error,
    })
  }
  return new BerthError({ code: 'internal', message: `${verb}: ${text}`, cause: error })
}
