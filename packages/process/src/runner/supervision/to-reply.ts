import { constants } from 'node:os'
import { messageOf, RunnerError } from '../runner-error.ts'
import type { FailureReply } from '../supervisor-connection.ts'

/** An error as it goes over the connection. */
export function toFailure(error: unknown): FailureReply {
  return { code: RunnerError.isInstance(error) ? error.code : 'unavailable', message: messageOf(error) }
}

/** The signal of that name. RunnerError `unavailable` when this system has none. */
export function toSignal(name: string): NodeJS.Signals {
  if (Object.hasOwn(constants.signals, name)) return name as NodeJS.Signals
  throw new RunnerError('unavailable', `this system has no signal ${JSON.stringify(name)}`)
}
