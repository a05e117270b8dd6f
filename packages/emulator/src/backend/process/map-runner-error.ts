import { RunnerError } from '@berth/process/runner'
import { StartError } from '../backend.ts'

/** What the runner refuses, as an error of the backend. Anything else stays as it is. */
export function mapRunnerError(error: unknown): unknown {
  if (RunnerError.isInstance(error)) {
    const reason = error.code === 'not-running' ? 'not-running' : 'refused'
    return new StartError(reason, error.message, { cause: error })
  }
  if (error instanceof TypeError || error instanceof RangeError) {
    return new StartError('refused', error.message, { cause: error })
  }
  return error
}
