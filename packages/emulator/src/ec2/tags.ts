import type { AwsRequest } from '../aws/aws-operation.ts'
import { ec2Error } from './ec2-errors.ts'
import type { Ec2Parts } from './ec2-parts.ts'
import type { Tagged } from './network.ts'

interface TagInput {
  readonly Key?: string
  readonly Value?: string
}

export interface TagSpecification {
  readonly ResourceType?: string
  readonly Tag?: readonly TagInput[]
}

interface TagsInput {
  readonly ResourceId?: readonly string[]
  readonly Tag?: readonly TagInput[]
}

/** The tags that a creating call gives to what it makes. */
export function readTags(
  specifications: readonly TagSpecification[] = [],
  resourceType: string,
): Map<string, string> {
  const tags = specifications
    .filter(({ ResourceType }) => ResourceType === resourceType)
    .flatMap(({ Tag = [] }) => Tag)
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

export function createTags(request: AwsRequest, parts: Ec2Parts): object {
  const { resources, tags } = readInput(request, parts)
  for (const resource of resources) {
    for (const { Key = '', Value = '' } of tags) resource.tags.set(Key, Value)
  }
  return { return: true }
}

/** A tag that is given with a value goes only where it has that value. */
export function deleteTags(request: AwsRequest, parts: Ec2Parts): object {
  const { resources, tags } = readInput(request, parts)
  for (const resource of resources) {
    for (const { Key = '', Value } of tags) {
      if (Value === undefined || resource.tags.get(Key) === Value) resource.tags.delete(Key)
    }
  }
  return { return: true }
}

function readInput(
  request: AwsRequest,
  { networks }: Ec2Parts,
): { readonly resources: readonly Tagged[]; readonly tags: readonly TagInput[] } {
  const { ResourceId: ids = [], Tag: tags = [] } = request.input<TagsInput>()
  const network = networks.in(request.region)
  const resources = ids.map((id) => {
    const resource = network.tagged(id)
    if (!resource) throw ec2Error('InvalidID', `The ID '${id}' is not valid`)
    return resource
  })
  return { resources, tags }
}
