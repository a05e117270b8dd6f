import type { AwsRequest } from '../aws/aws-operation.ts'
import { paginate } from '../aws/paginate.ts'
import { completeTaskDefinition } from './complete-task-definition.ts'
import { clientException, invalidParameter } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { readTags, renderTags } from './read-tags.ts'
import { renderTaskDefinition } from './render-task-definition.ts'
import { shortName, type TaskDefinition } from './task-definition.ts'
import type { TaskDefinitionBody } from './task-definition-body.ts'
import { isForFargate } from './validation/is-for-fargate.ts'
import { validateTaskDefinition } from './validation/validate-task-definition.ts'

interface DefinitionBody {
  readonly taskDefinition?: string
  readonly taskDefinitions?: readonly string[]
  readonly include?: readonly string[]
  readonly family?: string
  readonly familyPrefix?: string
  readonly status?: string
  readonly sort?: string
  readonly maxResults?: number
  readonly nextToken?: string
}

export async function registerTaskDefinition(request: AwsRequest, parts: EcsParts): Promise<object> {
  const { regions, account, roles, world, dialect } = parts
  const body = request.input<TaskDefinitionBody>()
  validateTaskDefinition(body, roles)
  const tags = readTags(body.tags)
  const { definitions } = regions.in(request.region)
  const family = body.family ?? ''
  if (definitions.registering.has(family))
    throw clientException('Too many concurrent attempts to create a new revision of the specified family.')
  if (dialect.registeringInMs > 0) {
    definitions.registering.add(family)
    await world.time
      .pass(dialect.registeringInMs, world.closing)
      .finally(() => definitions.registering.delete(family))
  }
  const revision = definitions.nextRevision(family)
  const definition: TaskDefinition = {
    arn: `arn:aws:ecs:${request.region}:${account.accountId}:task-definition/${family}:${revision}`,
    family,
    revision,
    status: 'ACTIVE',
    body: completeTaskDefinition(body),
    tags,
    isForFargate: isForFargate(body),
    registeredAt: world.clocks.frontEnd.read(),
  }
  definitions.add(definition)
  return { taskDefinition: render(definition, parts), tags: renderTags(tags) }
}

export function describeTaskDefinition(request: AwsRequest, parts: EcsParts): object {
  const { taskDefinition, include = [] } = request.input<DefinitionBody>()
  const definition = requireDefinition(taskDefinition, request, parts)
  return {
    taskDefinition: render(definition, parts),
    tags: include.includes('TAGS') ? renderTags(definition.tags) : [],
  }
}

export function deregisterTaskDefinition(request: AwsRequest, parts: EcsParts): object {
  const { taskDefinition = '' } = request.input<DefinitionBody>()
  if (!taskDefinition.includes(':')) throw clientException('Revision is missing.')
  const definition = requireDefinition(taskDefinition, request, parts)
  if (definition.status === 'ACTIVE') {
    definition.status = 'INACTIVE'
    definition.deregisteredAt = parts.world.clocks.frontEnd.read()
  }
  return { taskDefinition: render(definition, parts) }
}

/** Only what was deregistered can be deleted; what tasks still use is gone once they are. */
export function deleteTaskDefinitions(request: AwsRequest, parts: EcsParts): object {
  const { taskDefinitions: asked = [] } = request.input<DefinitionBody>()
  if (asked.length < 1 || asked.length > 10)
    throw invalidParameter('From 1 to 10 task definitions can be deleted at once.')
  const region = parts.regions.in(request.region)
  const taskDefinitions: object[] = []
  const failures: object[] = []
  for (const identifier of asked) {
    const definition = region.definitions.find(identifier)
    if (!definition || !identifier.includes(':')) {
      failures.push({
        arn: identifier,
        reason: 'MISSING',
        detail: 'The specified task definition was not found.',
      })
    } else if (definition.status === 'ACTIVE') {
      failures.push({
        arn: definition.arn,
        reason: 'TASK_DEFINITION_NOT_INACTIVE',
        detail:
          'The specified task definition is still in ACTIVE status. Deregister the target and try again.',
      })
    } else {
      definition.status = 'DELETE_IN_PROGRESS'
      taskDefinitions.push(render(definition, parts))
      const isUsed = region.tasks
        .all()
        .some((task) => task.definition === definition && task.lastStatus !== 'STOPPED')
      if (!isUsed) region.definitions.delete(definition)
    }
  }
  return { taskDefinitions, failures }
}

export function listTaskDefinitions(request: AwsRequest, { regions }: EcsParts): object {
  const { familyPrefix, status = 'ACTIVE', sort, maxResults, nextToken } = request.input<DefinitionBody>()
  const all = regions
    .in(request.region)
    .definitions.all()
    .filter((one) => one.status === status && one.family === (familyPrefix ?? one.family))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
  if (sort === 'DESC') all.reverse()
  const page = paginate(all, {
    pageSize: pageSize(maxResults),
    token: nextToken,
    keyOf: (definition) => {
      // Descending lists go by what is left to come.
      const index = all.indexOf(definition)
      return sort === 'DESC' ? String(index).padStart(8, '0') : keyOf(definition)
    },
    refuse: () => invalidParameter('Invalid token.'),
  })
  return { taskDefinitionArns: page.items.map(({ arn }) => arn), nextToken: page.nextToken }
}

export function listTaskDefinitionFamilies(request: AwsRequest, { regions }: EcsParts): object {
  const { familyPrefix = '', status = 'ACTIVE', maxResults, nextToken } = request.input<DefinitionBody>()
  const byFamily = Map.groupBy(regions.in(request.region).definitions.all(), ({ family }) => family)
  const families = [...byFamily]
    .filter(([family, all]) => {
      const isActive = all.some((definition) => definition.status === 'ACTIVE')
      return family.startsWith(familyPrefix) && (status === 'ALL' || isActive === (status === 'ACTIVE'))
    })
    .map(([family]) => family)
    .sort()
  const page = paginate(families, {
    pageSize: pageSize(maxResults),
    token: nextToken,
    keyOf: (family) => family,
    refuse: () => invalidParameter('Invalid token.'),
  })
  return { families: page.items, nextToken: page.nextToken }
}

function requireDefinition(
  identifier: string | undefined,
  request: AwsRequest,
  { regions }: EcsParts,
): TaskDefinition {
  const definition = regions.in(request.region).definitions.find(identifier ?? '')
  if (!definition) throw clientException('Unable to describe task definition.')
  return definition
}

function render(definition: TaskDefinition, { account }: EcsParts): object {
  return renderTaskDefinition(definition, `arn:aws:iam::${account.accountId}:user/emulator`)
}

function keyOf(definition: TaskDefinition): string {
  return `${definition.family}:${String(definition.revision).padStart(8, '0')}${shortName(definition)}`
}

function pageSize(asked = 100): number {
  if (Number.isInteger(asked) && asked >= 1 && asked <= 100) return asked
  throw invalidParameter('maxResults must be from 1 to 100.')
}
