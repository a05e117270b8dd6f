import { randomUUID } from 'node:crypto'
import type { Pod } from '../backend/backend.ts'
import { realNow } from '../clock/real-time.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import type { AciParts } from './aci-parts.ts'
import { type AsyncOperation, newOperation } from './async-operation.ts'
import type { ContainerGroup, GroupAddress } from './container-group.ts'
import { convertPort } from './convert-to-pod.ts'
import { GroupLife } from './group-life.ts'
import { ProvisioningFailure } from './provisioning-failure.ts'

/** A new life for a group; nothing of it has begun. A pod that is given is used on. */
export function newLife(
  group: ContainerGroup,
  effects: readonly FaultEffect[],
  { world, dialect, limits }: AciParts,
  pod?: Pod,
): GroupLife {
  return new GroupLife({
    world,
    dialect,
    limits,
    node: group.node,
    groupId: group.id,
    podName: `aci-${randomUUID()}`,
    properties: group.properties,
    effects,
    label: `aci ${group.resourceGroup}/${group.name}`,
    pod,
    onPlaced: () => {
      group.provisioningState = 'Creating'
    },
    onAddressed: (made) => {
      group.address = addressOf(made, group)
    },
  })
}

/** Notes a new operation for what begins now. */
export function beginOperation(
  group: Pick<ContainerGroup, 'id' | 'subscriptionId' | 'location'>,
  { world, operations }: AciParts,
): AsyncOperation {
  const operation = newOperation(group, world.clocks.frontEnd.read())
  operations.set(operation.id, operation)
  return operation
}

/** Lets a life bring its group up, and notes on the group and its operation what comes of it. Never rejects. */
export async function provisionGroup(
  group: ContainerGroup,
  life: GroupLife,
  bringUp: () => Promise<void>,
): Promise<void> {
  const { operation } = group
  group.life = life
  group.transition = 'provisioning'
  group.succeededAt = null
  try {
    await bringUp()
    endOperation(operation, 'Succeeded', life)
    succeed(group, life, operation)
  } catch (error) {
    endOperation(operation, 'Failed', life)
    operation.failure = failureOf(error)
    // Stopped or deleted meanwhile: whoever does that says what it is.
    if (group.transition === 'provisioning') {
      group.provisioningState = 'Failed'
      // Its node goes on trying.
      life.recovery?.then(
        () => succeed(group, life, operation),
        () => {},
      )
    }
  } finally {
    if (group.transition === 'provisioning') group.transition = null
  }
}

/** Notes how an operation ended, with what had happened by then. */
export function endOperation(
  operation: AsyncOperation,
  status: 'Succeeded' | 'Failed',
  life: GroupLife,
): void {
  operation.status = status
  operation.events = [life.events, ...life.containers.map(({ events }) => events)].flatMap((log) =>
    log.render(),
  )
}

function succeed(group: ContainerGroup, life: GroupLife, operation: AsyncOperation): void {
  const isOver = group.transition === 'stopping' || group.transition === 'deleting'
  if (isOver || group.life !== life || group.operation !== operation) return
  group.provisioningState = 'Succeeded'
  group.succeededAt = realNow()
}

function failureOf(error: unknown): { code: string; message: string } {
  if (error instanceof ProvisioningFailure) return { code: error.code, message: error.message }
  return { code: 'ProvisioningFailed', message: error instanceof Error ? error.message : String(error) }
}

function addressOf(pod: Pod, { properties }: ContainerGroup): GroupAddress {
  const mapped = (properties.ipAddress?.ports ?? []).flatMap((port) => {
    const address = pod.address(convertPort(port))
    return address.mapped ? [[`${port.port}/${port.protocol}`, address.port] as const] : []
  })
  return { ip: pod.host, mappedPorts: new Map(mapped) }
}
