import type { AwsRequest } from '../aws/aws-operation.ts'
import { paginate } from '../aws/paginate.ts'
import type { LogGroup } from './log-store.ts'
import { alreadyExists, invalidParameter, notFound } from './logs-errors.ts'
import type { LogsParts } from './logs-parts.ts'

interface GroupBody {
  readonly logGroupName?: string
  readonly logGroupIdentifier?: string
  readonly logGroupNamePrefix?: string
  readonly retentionInDays?: number
  readonly tags?: Readonly<Record<string, string>>
  readonly resourceArn?: string
  readonly tagKeys?: readonly string[]
  readonly limit?: number
  readonly nextToken?: string
}

const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

export function createLogGroup(request: AwsRequest, { stores }: LogsParts): object {
  const { logGroupName = '', tags = {} } = request.input<GroupBody>()
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName))
    throw invalidParameter(
      `1 validation error detected: Value '${logGroupName}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    )
  const store = stores.in(request.region)
  if (store.group(logGroupName)) throw alreadyExists('group')
  store.ensureGroup(logGroupName, new Map(Object.entries(tags)))
  return {}
}

export function deleteLogGroup(request: AwsRequest, parts: LogsParts): object {
  parts.stores.in(request.region).delete(requireGroup(request, parts))
  return {}
}

export function describeLogGroups(request: AwsRequest, { stores }: LogsParts): object {
  const { logGroupNamePrefix = '', limit = 50, nextToken } = request.input<GroupBody>()
  const groups = stores
    .in(request.region)
    .all()
    .filter(({ name }) => name.startsWith(logGroupNamePrefix))
  const page = paginate(groups, {
    pageSize: limit,
    token: nextToken,
    keyOf: ({ name }) => name,
    refuse: () => invalidParameter('The specified nextToken is invalid.'),
  })
  return { logGroups: page.items.map(renderGroup), nextToken: page.nextToken }
}

export function putRetentionPolicy(request: AwsRequest, parts: LogsParts): object {
  const group = requireGroup(request, parts)
  const { retentionInDays = 0 } = request.input<GroupBody>()
  if (!RETENTIONS.includes(retentionInDays))
    throw invalidParameter(
      `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${RETENTIONS.join(', ')}]`,
    )
  group.retentionInDays = retentionInDays
  return {}
}

export function deleteRetentionPolicy(request: AwsRequest, parts: LogsParts): object {
  requireGroup(request, parts).retentionInDays = null
  return {}
}

export function tagResource(request: AwsRequest, parts: LogsParts): object {
  const { resourceArn, tags = {} } = request.input<GroupBody>()
  const group = findGroup(resourceArn, request, parts)
  for (const [key, value] of Object.entries(tags)) group.tags.set(key, value)
  return {}
}

export function untagResource(request: AwsRequest, parts: LogsParts): object {
  const { resourceArn, tagKeys = [] } = request.input<GroupBody>()
  const group = findGroup(resourceArn, request, parts)
  for (const key of tagKeys) group.tags.delete(key)
  return {}
}

export function listTagsForResource(request: AwsRequest, parts: LogsParts): object {
  const { resourceArn } = request.input<GroupBody>()
  return { tags: Object.fromEntries(findGroup(resourceArn, request, parts).tags) }
}

/** By name, or by name or ARN as the newer parameter takes it. */
export function requireGroup(request: AwsRequest, parts: LogsParts): LogGroup {
  const { logGroupName, logGroupIdentifier } = request.input<GroupBody>()
  return findGroup(logGroupName ?? logGroupIdentifier, request, parts)
}

function findGroup(identifier: string | undefined, { region }: AwsRequest, { stores }: LogsParts): LogGroup {
  const group = stores.in(region).group(identifier ?? '')
  if (!group) throw notFound('group')
  return group
}

function renderGroup(group: LogGroup): object {
  return {
    logGroupName: group.name,
    logGroupArn: group.arn,
    arn: `${group.arn}:*`,
    creationTime: Math.floor(group.createdAt),
    ...(group.retentionInDays !== null && { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    storedBytes: 0,
    logGroupClass: 'STANDARD',
  }
}
