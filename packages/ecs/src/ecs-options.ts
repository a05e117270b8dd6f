import { type Duration, durationInMs } from '@berth/core'
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types'
import { checkEndpoint } from './aws/check-endpoint.ts'

/** Which account and place to use. All of it may be left out: then AWS's own variables and profiles stand. */
export interface EcsOptions {
  /** Default: `AWS_REGION`, then the profile's. */
  readonly region?: string | undefined
  /** A profile of AWS's own files. Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined
  /** Who calls. Default: AWS's own chain (environment, profiles, SSO, container and instance roles). */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined
  /** One endpoint for all of AWS: an emulator. Default: `AWS_ENDPOINT_URL` and its kin, then the services' own. */
  readonly endpoint?: string | undefined
  /** A cluster that exists. Default: `BERTH_ECS_CLUSTER`, then `default`. */
  readonly cluster?: string | undefined
  /** Default: `BERTH_ECS_SUBNETS` (parted by commas), then the public ones of the region's default network. */
  readonly subnets?: readonly string[] | undefined
  /** Default: `BERTH_ECS_SECURITY_GROUPS` (parted by commas), then the group `berth` of that network. */
  readonly securityGroups?: readonly string[] | undefined
  /** Name or ARN of the role that pulls images, reads secrets and writes logs. Default: `BERTH_ECS_EXECUTION_ROLE`, then `ecsTaskExecutionRole`. */
  readonly executionRole?: string | undefined
  /** Name or ARN of the role that tasks have; exec needs one. Default: `BERTH_ECS_TASK_ROLE`, then the one that a set-up has made. */
  readonly taskRole?: string | undefined
  /** Where output goes. Default: `BERTH_ECS_LOG_GROUP`, then `/berth/ecs`. */
  readonly logGroup?: string | undefined
  /** Makes what is missing at the first run (cluster, roles, log group, security group and its rules), each tagged. Default: `BERTH_ECS_SETUP=true`. */
  readonly setup?: boolean | undefined
  /** Who is let in by the security group that a set-up makes. Default `0.0.0.0/0`. */
  readonly ingressFrom?: string | undefined
  /** How old a task definition of ours must be, and used by no task, for a sweep to remove it. Default `1d`. */
  readonly keepDefinitions?: Duration | undefined
  /** What the service allows this account, where it has been raised; Berth keeps within it by itself. */
  readonly quotas?: EcsQuotas | undefined
}

/** How many calls a second the account may make, for good; each kind may come in bursts besides. */
export interface EcsQuotas {
  /** RunTask. Default 20. */
  readonly runsASecond?: number | undefined
  /** StopTask, ExecuteCommand and RunTask together. Default 40. */
  readonly changesASecond?: number | undefined
  /** RegisterTaskDefinition and DeregisterTaskDefinition. Default 1. */
  readonly definitionsASecond?: number | undefined
  /** DescribeTasks and ListTasks. Default 20. */
  readonly readsASecond?: number | undefined
  /** GetLogEvents. Default 25. */
  readonly logReadsASecond?: number | undefined
}

/** Throws TypeError or RangeError for options that cannot be. Reads nothing. */
export function checkOptions(options: EcsOptions): void {
  const { region, cluster, logGroup, endpoint, ingressFrom, keepDefinitions, quotas = {} } = options
  const forms: readonly (readonly [string, string | undefined, RegExp, string])[] = [
    ['region', region, /^[a-z]{2}(?:-[a-z]+)+-\d+$/, "a region's name like eu-central-1"],
    ['cluster', cluster, /^[A-Za-z0-9_-]{1,255}$|^arn:/, "a cluster's name or ARN"],
    ['logGroup', logGroup, /^[\w./#-]{1,512}$/, "a log group's name"],
    ['ingressFrom', ingressFrom, /^[\d.]+\/\d+$|^[\da-f:]+\/\d+$/i, 'an address range like 203.0.113.0/24'],
  ]
  for (const [name, value, form, words] of forms) {
    if (value !== undefined && !form.test(value))
      throw new TypeError(`ecs: ${name} '${value}' is not ${words}`)
  }
  refuseWrongIds('subnets', options.subnets, /^subnet-\w+$/, 16)
  refuseWrongIds('securityGroups', options.securityGroups, /^sg-\w+$/, 5)
  if (endpoint !== undefined) checkEndpoint(endpoint)
  if (keepDefinitions !== undefined) durationInMs(keepDefinitions, 'keepDefinitions')
  for (const [name, quota] of Object.entries(quotas)) {
    if (quota !== undefined && !(Number.isFinite(quota) && quota > 0)) {
      throw new RangeError(`ecs: quotas.${name} is ${quota}, and must be a number above 0`)
    }
  }
}

function refuseWrongIds(name: string, ids: readonly string[] | undefined, form: RegExp, most: number): void {
  if (ids === undefined) return
  const wrong = ids.find((id) => !form.test(id))
  if (wrong !== undefined) throw new TypeError(`ecs: ${name}: '${wrong}' is no id of one`)
  if (ids.length === 0 || ids.length > most)
    throw new RangeError(`ecs: ${name}: ${ids.length} were named; name 1 to ${most}`)
}
