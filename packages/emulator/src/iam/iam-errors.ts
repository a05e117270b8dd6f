import { AwsError } from '../aws/aws-error.ts'

export function noSuchEntity(message: string): AwsError {
  return new AwsError(404, 'NoSuchEntity', message)
}

export function entityAlreadyExists(message: string): AwsError {
  return new AwsError(409, 'EntityAlreadyExists', message)
}

export function validationError(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message)
}

export function deleteConflict(message: string): AwsError {
  return new AwsError(409, 'DeleteConflict', message)
}

export function throttling(): AwsError {
  return new AwsError(400, 'Throttling', 'Rate exceeded')
}
