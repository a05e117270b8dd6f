import type { NetworkInterface, Subnet } from '../ec2/network.ts'
import type { Cluster } from './cluster.ts'
import type { ContainerLife } from './container-life.ts'
import type { RunTaskBody } from './run-task-body.ts'
import type { TaskDefinition } from './task-definition.ts'
import type { TaskLife } from './task-life.ts'
import type { TaskSize } from './validation/task-size.ts'

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED'

/** Why a task is to stop. */
export interface Stop {
  readonly code: 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated' | 'SpotInterruption'
  readonly reason: string
}

/** When something happened, in milliseconds since the epoch: null, not yet. */
interface TaskTimes {
  connectivityAt: number | null
  pullStartedAt: number | null
  pullStoppedAt: number | null
  startedAt: number | null
  stoppingAt: number | null
  executionStoppedAt: number | null
  stoppedAt: number | null
}

/** One task, and what is known of it. */
export interface Task {
  readonly id: string
  readonly arn: string
  readonly region: string
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  /** What it was asked for by. */
  readonly body: RunTaskBody
  readonly size: TaskSize
  readonly provider: 'FARGATE' | 'FARGATE_SPOT'
  /** Whether a strategy chose its provider: then its name is told. */
  readonly isByStrategy: boolean
  readonly subnet: Subnet
  readonly groupIds: readonly string[]
  readonly attachmentId: string
  readonly containers: readonly ContainerLife[]
  readonly tags: Map<string, string>
  /** By the front end's clock. */
  readonly createdAt: number
  /** Real milliseconds since the epoch, as the two that end it. */
  readonly madeAt: number
  stopAskedAt: number | null
  endedAt: number | null
  readonly times: TaskTimes
  lastStatus: TaskStatus
  desiredStatus: 'RUNNING' | 'STOPPED'
  /** Counts its changes. */
  version: number
  stop: Stop | null
  network: NetworkInterface | null
  life: TaskLife | null
}
