import type { FaultEffect } from '../../fault/fault-rule.ts'
import type { KubernetesObject } from '../objects/kubernetes-object.ts'
import type { ObjectsByResource, ResourceName } from '../objects/objects.ts'

/** What is particular to one resource when its objects are written. What is left out is as with most. */
export interface Strategy<T extends KubernetesObject> {
  /** Completes what a client has sent, and refuses what cannot be. @throws StatusError */
  prepareForCreate?(object: T): T
  /** The same for a change; `subresource` is `status` where only that may change. @throws StatusError */
  prepareForUpdate?(object: T, before: T, subresource: string | undefined): T
  /** How long the server takes to accept one; an emulated duration. Default: no time. */
  acceptingInMs?(object: T): number
  /** Called once it is stored, with the faults that strike the call. */
  afterCreate?(object: T, effects: readonly FaultEffect[]): void
  /** Refuses it for the faults that strike the call. @throws StatusError */
  refuseByFault?(object: T, effects: readonly FaultEffect[]): void
  /** Seconds from a deleting call until it is gone, where something is to end first; 0: at once. */
  graceInSeconds?(object: T, asked: number | undefined): number
  /** Whether the answer to its deletion is the object, not a Status. */
  readonly tellsDeleted?: boolean
}

export type Strategies = { readonly [R in ResourceName]?: Strategy<ObjectsByResource[R]> }
