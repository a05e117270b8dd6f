import { AwsThrottle } from '../aws/aws-throttle.ts'
import type { BucketSize } from '../limits/token-bucket.ts'

/** ECS' limits for an account in a region, each of which can be raised or lowered. */
export interface EcsLimits {
  /** RunTask, StopTask, ExecuteCommand. Default 100 at once, 40 a second. */
  readonly taskChanges: BucketSize
  /** DescribeTasks and ListTasks. Default 100 at once, 20 a second. */
  readonly taskReads: BucketSize
  /** RegisterTaskDefinition and DeregisterTaskDefinition. Default 20 at once, 1 a second. */
  readonly definitionChanges: BucketSize
  /** DeleteTaskDefinitions. Default 5 at once, 1 a second. */
  readonly definitionDeletes: BucketSize
  /** DescribeTaskDefinition, ListTaskDefinitions, ListTaskDefinitionFamilies. Default 50 at once, 20 a second. */
  readonly definitionReads: BucketSize
  /** CreateCluster, DeleteCluster, PutClusterCapacityProviders. Default 20 at once, 1 a second. */
  readonly clusterChanges: BucketSize
  /** DescribeClusters and ListClusters. Default 50 at once, 20 a second. */
  readonly clusterReads: BucketSize
  /** Tags and account settings. Default 20 at once, 10 a second; assumed. */
  readonly others: BucketSize
  /** RunTask for Fargate. Default 20 at once, 20 a second. */
  readonly fargateCalls: BucketSize
  /** Tasks that Fargate starts. Default 100 at once, 20 a second. */
  readonly fargateLaunches: BucketSize
  /** vCPUs of all Fargate tasks that run on demand. Default 6. */
  readonly vCpus: number
  /** vCPUs of all Fargate Spot tasks. Default 6. */
  readonly spotVCpus: number
}

export const ECS_LIMITS: EcsLimits = {
  taskChanges: { capacity: 100, refillPerSecond: 40 },
  taskReads: { capacity: 100, refillPerSecond: 20 },
  definitionChanges: { capacity: 20, refillPerSecond: 1 },
  definitionDeletes: { capacity: 5, refillPerSecond: 1 },
  definitionReads: { capacity: 50, refillPerSecond: 20 },
  clusterChanges: { capacity: 20, refillPerSecond: 1 },
  clusterReads: { capacity: 50, refillPerSecond: 20 },
  others: { capacity: 20, refillPerSecond: 10 },
  fargateCalls: { capacity: 20, refillPerSecond: 20 },
  fargateLaunches: { capacity: 100, refillPerSecond: 20 },
  vCpus: 6,
  spotVCpus: 6,
}

type Bucket = Exclude<keyof EcsLimits, 'vCpus' | 'spotVCpus'>

const BUCKETS: Readonly<Record<string, Bucket>> = {
  RunTask: 'taskChanges',
  StopTask: 'taskChanges',
  ExecuteCommand: 'taskChanges',
  DescribeTasks: 'taskReads',
  ListTasks: 'taskReads',
  RegisterTaskDefinition: 'definitionChanges',
  DeregisterTaskDefinition: 'definitionChanges',
  DeleteTaskDefinitions: 'definitionDeletes',
  DescribeTaskDefinition: 'definitionReads',
  ListTaskDefinitions: 'definitionReads',
  ListTaskDefinitionFamilies: 'definitionReads',
  CreateCluster: 'clusterChanges',
  DeleteCluster: 'clusterChanges',
  PutClusterCapacityProviders: 'clusterChanges',
  DescribeClusters: 'clusterReads',
  ListClusters: 'clusterReads',
}

/** The bucket from which an operation takes. */
export function bucketOf(operation: string): Bucket {
  return BUCKETS[operation] ?? 'others'
}

export function ecsThrottle(limits: EcsLimits, timeScale: number): AwsThrottle {
  return new AwsThrottle((bucket) => limits[bucket as Bucket], timeScale)
}
