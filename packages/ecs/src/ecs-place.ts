import type { EcsOptions } from './ecs-options.ts'

/** The account's part that runs use, as far as options and variables name it. */
export interface EcsPlace {
  readonly cluster: string
  readonly subnets: readonly string[] | undefined
  readonly securityGroups: readonly string[] | undefined
  /** Name or ARN. */
  readonly executionRole: string
  /** Name or ARN; undefined: the one that a set-up has made, if it has. */
  readonly taskRole: string | undefined
  readonly logGroup: string
  /** Whether what is missing is made at the first run. */
  readonly setup: boolean
  readonly ingressFrom: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** The service's own name for the cluster that calls without one mean. */
const USUAL_CLUSTER = 'default'
/** The name under which AWS' own console makes it. */
const USUAL_EXECUTION_ROLE = 'ecsTaskExecutionRole'
const USUAL_LOG_GROUP = '/berth/ecs'

/** Finds the place by options and environment, in this order. */
export function readPlace(options: EcsOptions, environment: Environment = process.env): EcsPlace {
  return {
    cluster: options.cluster ?? (environment.BERTH_ECS_CLUSTER || USUAL_CLUSTER),
    subnets: options.subnets ?? list(environment.BERTH_ECS_SUBNETS),
    securityGroups: options.securityGroups ?? list(environment.BERTH_ECS_SECURITY_GROUPS),
    executionRole: options.executionRole ?? (environment.BERTH_ECS_EXECUTION_ROLE || USUAL_EXECUTION_ROLE),
    taskRole: options.taskRole ?? (environment.BERTH_ECS_TASK_ROLE || undefined),
    logGroup: options.logGroup ?? (environment.BERTH_ECS_LOG_GROUP || USUAL_LOG_GROUP),
    setup: options.setup ?? /^(?:1|true|yes)$/i.test(environment.BERTH_ECS_SETUP ?? ''),
    ingressFrom: options.ingressFrom ?? '0.0.0.0/0',
  }
}

function list(text: string | undefined): readonly string[] | undefined {
  const items = (text ?? '').split(',').flatMap((item) => item.trim() || [])
  return items.length > 0 ? items : undefined
}
