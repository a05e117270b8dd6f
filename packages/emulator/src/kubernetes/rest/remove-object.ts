import { toSecond } from '../cluster-time.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ResourceName } from '../objects/objects.ts'
import { type RestParts, strategyOf } from './rest-parts.ts'

export interface Removal {
  /** As it is now, or was last. */
  readonly object: KubernetesObject
  readonly isGone: boolean
}

/** Removes an object, or marks it where something is to end, or to let go of it, first. */
export function removeObject(
  parts: RestParts,
  resource: ResourceName,
  object: KubernetesObject,
  graceAsked?: number,
): Removal {
  const { store, world } = parts
  const grace = strategyOf(parts, resource).graceInSeconds?.(object, graceAsked) ?? 0
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata
  // A grace is only ever shortened.
  if (deletionTimestamp !== undefined && grace > 0 && grace >= deletionGracePeriodSeconds)
    return { object, isGone: false }
  if (grace === 0 && finalizers.length === 0)
    return { object: store.remove(resource, object as never) as KubernetesObject, isGone: true }
  const askedAt =
    deletionTimestamp === undefined
      ? world.clocks.frontEnd.read()
      : Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1_000
  const marked = {
    ...object,
    metadata: {
      ...object.metadata,
      deletionTimestamp: toSecond(askedAt + grace * 1_000),
      deletionGracePeriodSeconds: grace,
    },
  }
  return { object: store.replace(resource, marked as never) as KubernetesObject, isGone: false }
}
