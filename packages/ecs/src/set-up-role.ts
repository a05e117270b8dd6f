import type { Role } from '@aws-sdk/client-iam'
import type { CallContext, SetupItem } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_NAME } from './ecs-names.ts'
import { SETUP_TAG } from './open-ports.ts'
import { OWN_POLICY, type SetupRole, TRUST_POLICY } from './setup-roles.ts'

/** Makes a role that tasks can be given, and lets it do what it is for. */
export async function setUpRole(
  account: EcsAccount,
  role: SetupRole,
  context: CallContext,
): Promise<SetupItem> {
  const { name: nameOrArn, purpose, managedPolicy, actions } = role
  const name = `role ${nameOrArn}`
  if (nameOrArn.startsWith('arn:')) return { name, outcome: 'there', detail: `${purpose}; named by its ARN` }
  const found = await findRole(account, nameOrArn, context)
  if (found !== undefined) return { name, outcome: 'there', detail: `${purpose}: ${found.Arn}` }
  const { output } = await callAws(account, context, 'iam', 'CreateRole', 'roles', (iam, options) =>
    iam.createRole(
      {
        RoleName: nameOrArn,
        AssumeRolePolicyDocument: TRUST_POLICY,
        Description: `Berth: ${purpose}`,
        Tags: [{ Key: SETUP_TAG, Value: SETUP_NAME }],
      },
      options,
    ),
  )
  if (managedPolicy !== undefined) {
    const partition = output.Role?.Arn?.split(':')[1] ?? 'aws'
    await callAws(account, context, 'iam', 'AttachRolePolicy', 'roles', (iam, options) =>
      iam.attachRolePolicy(
        { RoleName: nameOrArn, PolicyArn: `arn:${partition}:iam::aws:policy/${managedPolicy}` },
        options,
      ),
    )
  }
  if (actions !== undefined) {
    const document = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
    }
    await callAws(account, context, 'iam', 'PutRolePolicy', 'roles', (iam, options) =>
      iam.putRolePolicy(
        { RoleName: nameOrArn, PolicyName: OWN_POLICY, PolicyDocument: JSON.stringify(document) },
        options,
      ),
    )
  }
  return { name, outcome: 'made', detail: `${purpose}: ${output.Role?.Arn}` }
}

/** Undefined where there is none of that name. */
export async function findRole(
  account: EcsAccount,
  name: string,
  context: CallContext,
): Promise<Role | undefined> {
  try {
    const { output } = await callAws(account, context, 'iam', 'GetRole', 'roles', (iam, options) =>
      iam.getRole({ RoleName: name }, options),
    )
    return output.Role
  } catch (error) {
    if (AwsError.isInstance(error) && /^NoSuchEntity/.test(error.code)) return undefined
    throw error
  }
}
