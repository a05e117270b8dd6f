/**
 * What `spec.options.ecs` takes: fields that only ECS has. They concern the whole task; those of one container stand under its name.
 */
export interface EcsNativeOptions {
  /** The role that the programs in the task have, by ARN. Default: the provider's `taskRole`. */
  readonly taskRoleArn?: string | undefined
  /** The role that pulls images, reads secrets and writes logs, by ARN. Default: the provider's `executionRole`. */
  readonly executionRoleArn?: string | undefined
  /** Default: the provider's, else the public ones of the default network. */
  readonly subnets?: readonly string[] | undefined
  /** Default: the provider's, else the group `berth`. */
  readonly securityGroups?: readonly string[] | undefined
  /** Fargate's platform: `LATEST` (the default), `1.4.0`. */
  readonly platformVersion?: string | undefined
  /** In GiB, 21 to 200. Default: Fargate's 20. */
  readonly ephemeralStorage?: number | undefined
  /** Whether commands can be run in the task. Default: where it has a role that may. */
  readonly exec?: boolean | undefined
  /** By container name (`main`): the ARN of the secret that holds its private registry's user and password. */
  readonly registryCredentials?: Readonly<Record<string, string>> | undefined
  /** By container name (`main`): whether its file system is read-only. */
  readonly readOnly?: Readonly<Record<string, boolean>> | undefined
  /** Further members of the task definition, in the service's own words, for what is not listed here. */
  readonly taskDefinition?: Readonly<Record<string, unknown>> | undefined
}
