import { randomBytes } from 'node:crypto'
import { realNow } from '../clock/real-time.ts'
import { isAllowed } from './is-allowed.ts'

export interface Role {
  readonly name: string
  readonly arn: string
  /** `AROA…` */
  readonly id: string
  readonly path: string
  /** Who may assume it, as JSON. */
  trustPolicy: string
  readonly description: string | undefined
  readonly createdAt: number
  readonly tags: Map<string, string>
  /** ARNs of managed policies. */
  readonly attached: Set<string>
  /** Inline policies by name, as JSON. */
  readonly inline: Map<string, string>
}

const TASKS = 'ecs-tasks.amazonaws.com'

/** What a role that is there from the start may do, by its own policy. */
const FIRST_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  ecsTaskExecutionRole: ['ecr:*', 'logs:*', 'secretsmanager:GetSecretValue', 'ssm:GetParameters'],
  ecsTaskRole: [
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
}

/** The roles of an account: they are the same in every region. */
export class RoleStore {
  readonly #accountId: string
  readonly #roles = new Map<string, Role>()

  constructor(accountId: string, names: readonly string[]) {
    this.#accountId = accountId
    const trustPolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: TASKS }, Action: 'sts:AssumeRole' }],
    })
    for (const name of names) {
      const role = this.add({ name, path: '/', trustPolicy })
      const actions = FIRST_ACTIONS[name]
      if (actions) role.inline.set('first', JSON.stringify(policyOf(actions)))
    }
  }

  get(name: string): Role | undefined {
    return this.#roles.get(name)
  }

  add({
    name,
    path,
    trustPolicy,
    description,
    tags = new Map(),
  }: Pick<Role, 'name' | 'path' | 'trustPolicy'> & Partial<Pick<Role, 'description' | 'tags'>>): Role {
    const role: Role = {
      name,
      path,
      trustPolicy,
      description,
      arn: `arn:aws:iam::${this.#accountId}:role${path}${name}`,
      id: `AROA${randomBytes(9).toString('hex').toUpperCase().slice(0, 17)}`,
      createdAt: realNow(),
      tags: new Map(tags),
      attached: new Set(),
      inline: new Map(),
    }
    this.#roles.set(name, role)
    return role
  }

  delete({ name }: Role): void {
    this.#roles.delete(name)
  }

  all(): readonly Role[] {
    return [...this.#roles.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
  }

  /** Whether it could be the ARN of a role, here or in another account. */
  isRoleArn(text: string): boolean {
    return /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)
  }

  /** Whether the role is there, and its trust policy names ECS' tasks. */
  mayBeAssumedByTasks(arn: string): boolean {
    return this.#byArn(arn)?.trustPolicy.includes(TASKS) ?? false
  }

  /** Whether a role's policies allow every one of the actions. */
  allows(arn: string | undefined, actions: readonly string[]): boolean {
    const role = this.#byArn(arn ?? '')
    return role !== undefined && actions.every((action) => isAllowed(role, action))
  }

  #byArn(arn: string): Role | undefined {
    return [...this.#roles.values()].find((role) => role.arn === arn)
  }
}

function policyOf(actions: readonly string[]): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }
}
