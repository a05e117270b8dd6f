import type { AwsError } from '../aws/aws-error.ts'
import type { EcsDialect } from './ecs-dialect.ts'
import { throttled, throttledBehind } from './ecs-errors.ts'

/** How RunTask says that it is asked too often. */
export function refuseOften({ throttling }: EcsDialect): AwsError {
  return throttling === 'ThrottlingException' ? throttled() : throttledBehind()
}
