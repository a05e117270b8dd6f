import { AwsError } from '../aws/aws-error.ts'

/** What the caller has done wrong, for which there is no closer word. */
export function clientException(message: string): AwsError {
  return new AwsError(400, 'ClientException', message)
}

export function invalidParameter(message: string): AwsError {
  return new AwsError(400, 'InvalidParameterException', message)
}

export function clusterNotFound(): AwsError {
  return new AwsError(400, 'ClusterNotFoundException', 'Cluster not found.')
}

export function taskNotFound(): AwsError {
  return invalidParameter('The referenced task was not found.')
}

export function throttled(): AwsError {
  return new AwsError(400, 'ThrottlingException', 'Rate exceeded')
}

/** The same, as what was reported to come of it in RunTask. */
export function throttledBehind(): AwsError {
  return invalidParameter(
    'Error retrieving subnet information: Request limit exceeded. (ErrorCode: RequestLimitExceeded)',
  )
}

/** A token that was used for something else. */
export function conflict(resourceIds: readonly string[]): AwsError {
  return new AwsError(
    400,
    'ConflictException',
    'The client token has been used before with different parameters.',
    { resourceIds },
  )
}

export const NO_CAPACITY =
  'Capacity is unavailable at this time. Please try again later or in a different availability zone'

export const NO_VCPUS = "You've reached the limit on the number of vCPUs you can run concurrently"
