import type { AwsRequest } from '../aws/aws-operation.ts'
import { clusterNotFound, invalidParameter } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { readTags, renderTags } from './read-tags.ts'
import type { TagBody } from './task-definition-body.ts'

interface TagResourceBody {
  readonly resourceArn?: string
  readonly tags?: readonly TagBody[]
  readonly tagKeys?: readonly string[]
}

const MOST_TAGS = 50

export function tagResource(request: AwsRequest, parts: EcsParts): object {
  const { resourceArn, tags } = request.input<TagResourceBody>()
  const found = requireTags(resourceArn, request, parts)
  const added = readTags(tags)
  if (new Set([...found.keys(), ...added.keys()]).size > MOST_TAGS)
    throw invalidParameter(`A resource may have at most ${MOST_TAGS} tags.`)
  for (const [key, value] of added) found.set(key, value)
  return {}
}

export function untagResource(request: AwsRequest, parts: EcsParts): object {
  const { resourceArn, tagKeys = [] } = request.input<TagResourceBody>()
  const found = requireTags(resourceArn, request, parts)
  for (const key of tagKeys) found.delete(key)
  return {}
}

export function listTagsForResource(request: AwsRequest, parts: EcsParts): object {
  const { resourceArn } = request.input<TagResourceBody>()
  return { tags: renderTags(requireTags(resourceArn, request, parts)) }
}

/** The tags of a cluster, a task or a task definition. One that has stopped takes none any more. */
function requireTags(
  arn: string | undefined,
  { region }: AwsRequest,
  { regions }: EcsParts,
): Map<string, string> {
  const { clusters, definitions, tasks } = regions.in(region)
  const kind = /^arn:aws:ecs:[^:]+:\d+:(cluster|task|task-definition)\//.exec(arn ?? '')?.[1]
  if (kind === undefined) throw invalidParameter('Invalid resource ARN.')
  const task = tasks.all().find((one) => one.arn === arn)
  const found =
    [...clusters.values()].find((one) => one.arn === arn && one.status === 'ACTIVE') ??
    definitions.all().find((one) => one.arn === arn) ??
    (task?.lastStatus === 'STOPPED' ? undefined : task)
  if (!found)
    throw kind === 'cluster'
      ? clusterNotFound()
      : invalidParameter(`The specified ${kind} is inactive. Specify an active ${kind} and try again.`)
  return found.tags
}
