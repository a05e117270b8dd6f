/** A role that tasks are given, and what it may. */
export interface SetupRole {
  readonly name: string
  readonly purpose: string
  /** A policy of AWS' own to attach, by its last words. */
  readonly managedPolicy?: string | undefined
  /** What it may besides. */
  readonly actions?: readonly string[] | undefined
}

export const EXECUTION_ROLE: Omit<SetupRole, 'name'> = {
  purpose: 'pulls images and writes logs',
  managedPolicy: 'service-role/AmazonECSTaskExecutionRolePolicy',
}

export const TASK_ROLE: SetupRole = {
  name: 'berth-task',
  purpose: 'lets commands be run in tasks',
  actions: [
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
}

/** The name of the one policy that a role of ours has of its own. */
export const OWN_POLICY = 'berth'

/** Who may take the role: the service, for tasks. */
export const TRUST_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
})
