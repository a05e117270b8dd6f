import type { ResourceType } from '../resource-type.ts'

/** `v1`, `coordination.k8s.io/v1`. */
export function apiVersionOf({ group, version }: Pick<ResourceType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`
}
