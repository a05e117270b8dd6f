import { randomBytes } from 'node:crypto'

/** The account that is emulated. */
export interface AwsOptions {
  /** Default `111122223333`. */
  readonly accountId?: string | undefined
  /** What `Emulator.environment` names. Whatever region a request is signed for is there, and empty at first. Default `us-east-1`. */
  readonly region?: string | undefined
  /** Default: made anew. */
  readonly accessKeyId?: string | undefined
  /** Default: made anew. */
  readonly secretAccessKey?: string | undefined
  /** The clusters that exist from the start, in every region, with the providers FARGATE and FARGATE_SPOT. Default `['default']`. */
  readonly clusters?: readonly string[] | undefined
  /**
   * The roles that exist from the start, which tasks may assume. Default `['ecsTaskExecutionRole', 'ecsTaskRole']`, which may do what tasks and
   * ExecuteCommand need; those of other names have no policy.
   */
  readonly roles?: readonly string[] | undefined
  /** The log groups that exist from the start, in every region. Default: none. */
  readonly logGroups?: readonly string[] | undefined
  /** Whether the default security group lets everyone in, which in a new account it does not. Default true. */
  readonly openDefaultSecurityGroup?: boolean | undefined
  /** What tasks find at the ARNs, or names of parameters, that their definitions give as `valueFrom`. Default: nothing. */
  readonly secrets?: Readonly<Record<string, string>> | undefined
}

export type AwsAccount = Readonly<Required<{ [Key in keyof AwsOptions]: NonNullable<AwsOptions[Key]> }>>

/** @throws RangeError */
export function awsAccount(options: AwsOptions = {}): AwsAccount {
  const { accountId = '111122223333', region = 'us-east-1' } = options
  if (!/^\d{12}$/.test(accountId))
    throw new RangeError(`aws.accountId is ${JSON.stringify(accountId)}; it must be 12 digits`)
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw new RangeError(
      `aws.region is ${JSON.stringify(region)}; it must be the name of a region: us-east-1`,
    )
  return {
    accountId,
    region,
    accessKeyId: options.accessKeyId ?? newAccessKeyId(),
    secretAccessKey: options.secretAccessKey ?? randomBytes(30).toString('base64'),
    clusters: options.clusters ?? ['default'],
    roles: options.roles ?? ['ecsTaskExecutionRole', 'ecsTaskRole'],
    logGroups: options.logGroups ?? [],
    openDefaultSecurityGroup: options.openDefaultSecurityGroup ?? true,
    secrets: options.secrets ?? {},
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function newAccessKeyId(): string {
  return `AKIA${[...randomBytes(16)].map((byte) => LETTERS[byte % 32]).join('')}`
}
