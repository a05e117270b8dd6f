import type { CallContext, SetupItem } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { SETUP_TAG } from './open-ports.ts'
import { findRole } from './set-up-role.ts'
import { OWN_POLICY, type SetupRole } from './setup-roles.ts'
import type { TeardownOptions } from './tear-down-ecs.ts'

/** Removes a role, after what it was allowed. */
export async function tearDownRole(
  account: EcsAccount,
  { name: nameOrArn, purpose, managedPolicy, actions }: SetupRole,
  { dryRun }: TeardownOptions,
  context: CallContext,
): Promise<SetupItem[]> {
  const name = `role ${nameOrArn}`
  if (nameOrArn.startsWith('arn:')) return []
  const found = await findRole(account, nameOrArn, context)
  if (found === undefined) return []
  if (!found.Tags?.some(({ Key }) => Key === SETUP_TAG))
    return [{ name, outcome: 'kept', detail: 'not made by a set-up' }]
  const removed: SetupItem = { name, outcome: 'removed', detail: purpose }
  if (dryRun) return [removed]
  const partition = found.Arn?.split(':')[1] ?? 'aws'
  if (managedPolicy !== undefined)
    await whereThere(() =>
      callAws(account, context, 'iam', 'DetachRolePolicy', 'roles', (iam, options) =>
        iam.detachRolePolicy(
          { RoleName: nameOrArn, PolicyArn: `arn:${partition}:iam::aws:policy/${managedPolicy}` },
          options,
        ),
      ),
    )
  if (actions !== undefined)
    await whereThere(() =>
      callAws(account, context, 'iam', 'DeleteRolePolicy', 'roles', (iam, options) =>
        iam.deleteRolePolicy({ RoleName: nameOrArn, PolicyName: OWN_POLICY }, options),
      ),
    )
  await callAws(account, context, 'iam', 'DeleteRole', 'roles', (iam, options) =>
    iam.deleteRole({ RoleName: nameOrArn }, options),
  )
  return [removed]
}

async function whereThere(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!AwsError.isInstance(error) || !/^NoSuchEntity/.test(error.code)) throw error
  }
}
