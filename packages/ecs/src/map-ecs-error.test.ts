import { BerthError } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { AwsError } from './aws/aws-error.ts'
import { mapEcsError } from './map-ecs-error.ts'

function mapped(parts: Partial<ConstructorParameters<typeof AwsError>[0]>): BerthError {
  const error = mapEcsError(
    new AwsError({ operation: 'RunTask', name: 'ClientException', status: 400, message: 'no', ...parts }),
    { ref: 'web-1a2b', image: 'nginx' },
  )
  if (BerthError.isInstance(error)) return error
  throw new TypeError('it was not mapped')
}

describe('a failed call', () => {
  it.each([
    ['ThrottlingException', 400, 'Rate exceeded', 'rate-limited', true],
    [
      'InvalidParameterException',
      400,
      'Error retrieving subnet information: Request limit exceeded. (ErrorCode: RequestLimitExceeded)',
      'rate-limited',
      true,
    ],
    ['ServerException', 500, 'Service Unavailable', 'unavailable', true],
    ['ClusterNotFoundException', 400, 'Cluster not found.', 'not-found', false],
    ['AccessDeniedException', 400, 'User is not authorized to perform: ecs:RunTask', 'permission', false],
    ['ClientException', 400, "ECS was unable to assume the role 'arn:…'", 'permission', false],
    [
      'UnrecognizedClientException',
      400,
      'The security token included in the request is invalid.',
      'authentication',
      false,
    ],
    [
      'InvalidSignatureException',
      403,
      'The request signature we calculated does not match',
      'authentication',
      false,
    ],
    ['PlatformUnknownException', 400, 'The specified platform does not exist.', 'invalid-spec', false],
    ['ClientException', 400, 'TaskDefinition is inactive.', 'unavailable', true],
    ['ClientException', 400, 'Too many concurrent attempts to create a new revision', 'rate-limited', true],
    [
      'InvalidParameterException',
      400,
      'No Container Instances were found in your cluster.',
      'invalid-spec',
      false,
    ],
  ])('%s (%i): %s', (name, status, message, code, retryable) => {
    const error = mapped({ name, status, message })
    expect(error).toMatchObject({ code, retryable, outcomeUnknown: status >= 500 })
    expect(error.message).toMatch(/^web-1a2b \(nginx\): RunTask: /)
  })

  it('whose answer was lost leaves its outcome open, unless it was never sent', () => {
    const lost = { status: undefined, message: 'socket hang up' }
    expect(mapped({ ...lost, name: 'ECONNRESET' })).toMatchObject({
      code: 'unavailable',
      outcomeUnknown: true,
    })
    expect(mapped({ ...lost, name: 'ECONNREFUSED' })).toMatchObject({ outcomeUnknown: false })
    expect(mapped({ ...lost, name: 'ECONNRESET', operation: 'DescribeTasks' })).toMatchObject({
      outcomeUnknown: false,
    })
  })

  it('is given back as it is where it is none of the service', () => {
    const reason = new Error('mine')
    expect(mapEcsError(reason)).toBe(reason)
  })

  it('says how to name a region', () => {
    expect(mapEcsError(new Error('Region is missing'))).toMatchObject({
      code: 'invalid-spec',
      message: /AWS_REGION/,
    })
  })
})
