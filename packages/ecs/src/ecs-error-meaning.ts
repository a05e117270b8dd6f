import type { BerthErrorCode } from '@berth/core'
import type { AwsError } from './aws/aws-error.ts'
import { meaningOfReason } from './stopped-reason.ts'

/** What a failure means, and what to do about it. */
export interface Meaning {
  readonly code: BerthErrorCode
  readonly advice?: string | undefined
  readonly retryable?: boolean | undefined
}

const SIGN_IN =
  'sign in with aws sso login or aws configure, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; aws sts get-caller-identity says who you are'
const SET_UP = 'berth doctor ecs --fix makes what is missing'
const POLICY = 'give this account the policy in docs/providers/ecs.md'

/** By the services' own words. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ...same(
    [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'IncompleteSignature',
      'IncompleteSignatureException',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'AuthFailure',
      'ExpiredToken',
      'ExpiredTokenException',
      'RequestExpired',
      'CredentialsProviderError',
      'TokenProviderError',
      'ProviderError',
    ],
    { code: 'authentication', advice: SIGN_IN, retryable: false },
  ),
  ...same(['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation', 'OptInRequired'], {
    code: 'permission',
    advice: POLICY,
  }),
  ...same(
    [
      'ThrottlingException',
      'Throttling',
      'RequestLimitExceeded',
      'TooManyRequestsException',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
    ],
    { code: 'rate-limited' },
  ),
  ClusterNotFoundException: { code: 'not-found', advice: SET_UP },
  ResourceNotFoundException: { code: 'not-found', advice: SET_UP },
  NoSuchEntity: { code: 'not-found', advice: SET_UP },
  NoSuchEntityException: { code: 'not-found', advice: SET_UP },
  PlatformUnknownException: {
    code: 'invalid-spec',
    advice: "leave options.ecs.platformVersion out, or take 'LATEST' or '1.4.0'",
  },
  PlatformTaskDefinitionIncompatibilityException: {
    code: 'invalid-spec',
    advice: 'the platform version does not know what the run asks for; leave options.ecs.platformVersion out',
  },
  UnsupportedFeatureException: {
    code: 'unsupported',
    advice: 'the service does not have this in its region; leave it out, or use another region',
  },
  BlockedException: {
    code: 'permission',
    advice: "the account is blocked; AWS' support says why",
  },
  LimitExceededException: {
    code: 'quota',
    advice: 'remove what is no longer needed (berth sweep), or ask for a higher quota',
  },
  ConflictException: { code: 'conflict', advice: 'use another token, or remove the other run first' },
  TargetNotConnectedException: {
    code: 'unavailable',
    retryable: true,
    advice:
      'the agent that runs commands in the task has not come up; give the task a role that may (berth doctor ecs --fix), and a way out to AWS',
  },
  TargetNotFoundException: { code: 'not-found', advice: 'the task has ended' },
  NetworkingError: { code: 'unavailable' },
  TimeoutError: { code: 'unavailable' },
}

/** Words of a message that say more than the code before it. */
const BY_MESSAGE: readonly (readonly [RegExp, Meaning])[] = [
  // Throttling within the service that it passes on in disguise.
  [/RequestLimitExceeded|Rate exceeded|Throttl/i, { code: 'rate-limited' }],
  [/too many concurrent attempts/i, { code: 'rate-limited' }],
  [
    /service.?linked role/i,
    {
      code: 'permission',
      advice:
        'aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, and try again in a minute',
    },
  ],
  [
    /unable to assume the role|not authorized to perform: iam:PassRole|iam:PassRole/i,
    { code: 'permission', advice: `${SET_UP}; ${POLICY}, iam:PassRole for the roles included` },
  ],
  [/role.*(?:not exist|not valid|is invalid|cannot be found)/i, { code: 'not-found', advice: SET_UP }],
  [
    /taskdefinition.*(?:inactive|not found)|unable to describe task definition/i,
    { code: 'unavailable', retryable: true, advice: 'it was removed meanwhile; it is registered anew' },
  ],
  [
    /execute command (?:failed|was not)|enableExecuteCommand|execute command (?:is )?not enabled|ExecuteCommand.*not enabled/i,
    {
      code: 'unsupported',
      advice:
        'the task was started without a role that may: berth doctor ecs --fix makes one for runs from then on, ecs({ taskRole }) names another',
    },
  ],
  [
    /capacity provider/i,
    {
      code: 'invalid-spec',
      advice:
        'aws ecs put-cluster-capacity-providers --cluster <cluster> --capacity-providers FARGATE FARGATE_SPOT --default-capacity-provider-strategy capacityProvider=FARGATE, or leave spot out',
    },
  ],
]

/** What a failed call means. */
export function meaningOf(error: AwsError): Meaning {
  const byMessage = BY_MESSAGE.find(([words]) => words.test(error.message))?.[1]
  if (byMessage !== undefined) return byMessage
  const own = Object.hasOwn(MEANINGS, error.code) ? MEANINGS[error.code] : undefined
  if (own !== undefined) return own
  if (/NotFound$/.test(error.code)) return { code: 'not-found', advice: SET_UP }
  if (error.status === undefined)
    return { code: 'unavailable', advice: 'is the endpoint right, and reachable?' }
  if (error.status === 429) return { code: 'rate-limited' }
  if (error.status >= 500) return { code: 'unavailable' }
  const reason = meaningOfReason(error.message)
  if (reason?.code === 'capacity' || reason?.code === 'quota') return reason
  if (error.status === 401) return { code: 'authentication', advice: SIGN_IN }
  if (error.status === 403) return { code: 'permission', advice: POLICY }
  return { code: 'invalid-spec', advice: 'the service takes no such thing; correct the spec or the options' }
}

function same(codes: readonly string[], meaning: Meaning): Record<string, Meaning> {
  return Object.fromEntries(codes.map((code) => [code, meaning]))
}
