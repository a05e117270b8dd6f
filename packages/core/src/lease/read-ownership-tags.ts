import type { OwnershipTags } from '../contract/group-plan.ts'

const OWNERSHIP_TAGS = [
  'berth-run',
  'berth-owner',
  'berth-expires',
  'berth-token',
  'berth-spec',
  'berth-lifetime',
] as const satisfies readonly (keyof OwnershipTags)[]

/**
 * The tags of ownership among whatever tags, labels or annotations a cloud tells of an object; undefined for one that is not ours. One that has
 * lost some of them is ours all the same, and never expires by itself.
 */
export function readOwnershipTags(
  tags: Readonly<Record<string, string | undefined>> | null | undefined,
): OwnershipTags | undefined {
  if (!tags?.['berth-run']) return undefined
  return Object.fromEntries(OWNERSHIP_TAGS.map((tag) => [tag, tags[tag] ?? ''])) as unknown as OwnershipTags
}
