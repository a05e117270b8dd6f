import type { TaskDefinitionBody } from './task-definition-body.ts'

/** One revision of a family. */
export interface TaskDefinition {
  readonly arn: string
  readonly family: string
  readonly revision: number
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS'
  /** With every default filled in, and without the tags. */
  readonly body: TaskDefinitionBody
  readonly tags: Map<string, string>
  /** Whether Fargate takes it. */
  readonly isForFargate: boolean
  /** Milliseconds since the epoch by the front end's clock. */
  readonly registeredAt: number
  deregisteredAt?: number
}

/** `web:3` */
export function shortName({ family, revision }: TaskDefinition): string {
  return `${family}:${revision}`
}
