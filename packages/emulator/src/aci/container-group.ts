import type { MachineClock } from '../clock/machine-clock.ts'
import type { AsyncOperation } from './async-operation.ts'
import type { GroupPropertiesBody, IdentityBody } from './group-body.ts'
import type { GroupLife } from './group-life.ts'

/** One container group as the service knows it. */
export interface ContainerGroup {
  readonly id: string
  readonly subscriptionId: string
  /** As the resource group's own name is written. */
  readonly resourceGroup: string
  readonly name: string
  readonly location: string
  readonly node: MachineClock
  /** Real milliseconds. */
  readonly createdAt: number
  tags: Readonly<Record<string, string>>
  zones: readonly string[] | undefined
  identity: IdentityBody | undefined
  /** Completed, with all secrets: never shown as it is. */
  properties: GroupPropertiesBody
  provisioningState: string
  /** What goes on with it, or went on last. */
  operation: AsyncOperation
  /** Null once it is stopped. */
  life: GroupLife | null
  /** The logs of a stopped group. */
  keptLogs: ReadonlyMap<string, string>
  /** What is happening to it: another change is refused meanwhile. */
  transition: 'provisioning' | 'stopping' | 'deleting' | null
  address: GroupAddress | null
  /** Real milliseconds since when it is Succeeded; null before. */
  succeededAt: number | null
  /** Real milliseconds since when its deletion was accepted. */
  deletedAt: number | null
  /** What its containers were when it was stopped. */
  lastLife: GroupLife | null
}

export interface GroupAddress {
  readonly ip: string
  /** The ports by which it answers, where this platform maps them. */
  readonly mappedPorts: ReadonlyMap<string, number>
}
