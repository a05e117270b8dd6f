import { AwsError } from '../aws/aws-error.ts'

export function invalidParameter(message: string): AwsError {
  return new AwsError(400, 'InvalidParameterException', message)
}

export function notFound(what: 'group' | 'stream'): AwsError {
  return new AwsError(400, 'ResourceNotFoundException', `The specified log ${what} does not exist.`)
}

export function alreadyExists(what: 'group' | 'stream'): AwsError {
  return new AwsError(400, 'ResourceAlreadyExistsException', `The specified log ${what} already exists`)
}

export function throttled(): AwsError {
  return new AwsError(400, 'ThrottlingException', 'Rate exceeded')
}
