import { BerthError, type GroupPlan } from '@berth/core'
import { describeReserved, isReservedPort, nearestPort } from './reserved-ports.ts'

const MOST_PORTS = 5

/** Refuses ports that the service keeps for itself, and more than an address has. */
export function validatePorts({ containers }: Pick<GroupPlan, 'containers'>): void {
  const ports = containers.flatMap((container) => container.ports.map(({ port }) => port))
  const reserved = ports.find(isReservedPort)
  if (reserved !== undefined) {
    throw invalid(
      `ports: ${reserved} is reserved by aci (as are ${describeReserved()}), which has no port mapping; let the container listen on another, the nearest is ${nearestPort(reserved)}`,
    )
  }
  if (ports.length > MOST_PORTS) {
    throw invalid(
      `ports: ${ports.length} are more than the ${MOST_PORTS} that one address of aci can have; leave out those that only the group's containers use, they reach each other without`,
    )
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
