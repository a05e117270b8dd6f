import { StatusError } from '../status-error.ts'

export function invalidPatch(why: string): StatusError {
  return new StatusError(
    422,
    'Invalid',
    `the server rejected our request due to an error in our request: ${why}`,
  )
}
