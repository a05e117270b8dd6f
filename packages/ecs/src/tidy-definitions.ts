import type { CallContext } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import { DEFINITION_TAG } from './define-task.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { FAMILY_PREFIX } from './ecs-names.ts'
import { describeTasks, findByDesire, patiently } from './list-tasks.ts'

/** So many may be deleted by one call. */
const MOST_DELETED = 10

/**
 * Removes our task definitions that are old and that no task uses which the service still remembers. Runs of the same spec share one, so none goes
 * with its run. Gives what went, for people.
 */
export async function tidyDefinitions(
  account: EcsAccount,
  { dryRun }: { readonly dryRun: boolean },
  context: CallContext,
): Promise<readonly string[]> {
  const families = await listFamilies(account, context)
  if (families.length === 0) return []
  const used = await usedDefinitions(account, context)
  const unused: string[] = []
  for (const family of families) {
    const arn = await oldDefinition(account, family, context)
    if (arn !== undefined && !used.has(arn)) unused.push(arn)
  }
  if (!dryRun) await deleteDefinitions(account, unused, context)
  return unused.map((arn) => `task definition ${arn.slice(arn.lastIndexOf('/') + 1)}`)
}

async function listFamilies(account: EcsAccount, context: CallContext): Promise<string[]> {
  const families: string[] = []
  let nextToken: string | undefined
  do {
    const { output } = await patiently(
      () =>
        callEcs(account, context, 'ListTaskDefinitionFamilies', 'definition-reads', (ecs, options) =>
          ecs.listTaskDefinitionFamilies(
            { familyPrefix: FAMILY_PREFIX, status: 'ACTIVE', ...(nextToken && { nextToken }) },
            options,
          ),
        ),
      context,
    )
    families.push(...(output.families ?? []))
    nextToken = output.nextToken
  } while (nextToken)
  return families
}

async function usedDefinitions(account: EcsAccount, context: CallContext): Promise<ReadonlySet<string>> {
  const ids = await Promise.all([
    findByDesire(account, 'RUNNING', context),
    findByDesire(account, 'STOPPED', context),
  ])
  const described = await describeTasks(account, ids.flat(), context)
  return new Set(
    described.flatMap(({ tasks }) => tasks.flatMap(({ taskDefinitionArn }) => taskDefinitionArn ?? [])),
  )
}

/** The definition of a family of ours, if it is old enough to go. */
async function oldDefinition(
  account: EcsAccount,
  family: string,
  context: CallContext,
): Promise<string | undefined> {
  const { output } = await patiently(
    () =>
      callEcs(account, context, 'DescribeTaskDefinition', 'definition-reads', (ecs, options) =>
        ecs.describeTaskDefinition({ taskDefinition: family, include: ['TAGS'] }, options),
      ),
    context,
  )
  const { taskDefinitionArn, registeredAt } = output.taskDefinition ?? {}
  const isOurs = output.tags?.some(({ key }) => key === DEFINITION_TAG) === true
  const age = registeredAt === undefined ? 0 : Date.now() - registeredAt.getTime()
  return isOurs && age >= account.keepDefinitionsInMs ? taskDefinitionArn : undefined
}

/** One that is just being used goes on to be; whoever comes next registers it anew. */
async function deleteDefinitions(
  account: EcsAccount,
  arns: readonly string[],
  context: CallContext,
): Promise<void> {
  for (const taskDefinition of arns) {
    await patiently(
      () =>
        callEcs(account, context, 'DeregisterTaskDefinition', 'definitions', (ecs, options) =>
          ecs.deregisterTaskDefinition({ taskDefinition }, options),
        ),
      context,
    ).catch(unlessGone)
  }
  for (let start = 0; start < arns.length; start += MOST_DELETED) {
    const taskDefinitions = arns.slice(start, start + MOST_DELETED)
    await patiently(
      () =>
        callEcs(account, context, 'DeleteTaskDefinitions', 'deletions', (ecs, options) =>
          ecs.deleteTaskDefinitions({ taskDefinitions }, options),
        ),
      context,
    ).catch(unlessGone)
  }
  for (const family of arns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1).replace(/:\d+$/, '')))
    account.definitions.delete(family)
}

/** Another sweep was faster. */
function unlessGone(error: unknown): void {
  if (!AwsError.isInstance(error) || error.code !== 'ClientException') throw error
}
