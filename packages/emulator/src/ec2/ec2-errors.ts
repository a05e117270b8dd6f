import { AwsError } from '../aws/aws-error.ts'

export function ec2Error(code: string, message: string): AwsError {
  return new AwsError(400, code, message)
}

export function groupNotFound(id: string): AwsError {
  return ec2Error('InvalidGroup.NotFound', `The security group '${id}' does not exist`)
}

export function missingParameter(name: string): AwsError {
  return ec2Error('MissingParameter', `The request must contain the parameter ${name}`)
}

export function requestLimitExceeded(): AwsError {
  return new AwsError(503, 'RequestLimitExceeded', 'Request limit exceeded.')
}
