import type { Address } from '@berth/core'
import { interfaceOf } from './look-up-addresses.ts'
import type { SeenTask } from './map-ecs-state.ts'

/** Where the ports of a task are; empty until its address is known. */
export function mapEcsAddresses({ task, definition, publicIp, expose }: SeenTask): Address[] {
  const privateIp = interfaceOf(task)?.privateIp
  const host = expose === 'private' ? privateIp : publicIp
  if (host === undefined) return []
  return (definition?.containerDefinitions ?? []).flatMap(({ name, portMappings = [] }) =>
    portMappings.flatMap(({ containerPort, protocol = 'tcp' }): Address[] => {
      if (containerPort === undefined) return []
      // With a network of its own a task maps no port, save where a platform cannot give it one.
      const binding = task.containers
        ?.find((container) => container.name === name)
        ?.networkBindings?.find((each) => each.containerPort === containerPort && each.protocol === protocol)
      return [
        {
          host: binding?.bindIP ?? host,
          port: binding?.hostPort ?? containerPort,
          containerPort,
          protocol,
          exposure: expose,
        },
      ]
    }),
  )
}
