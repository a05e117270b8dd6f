import type { ContainerLife } from './container-life.ts'
import { portsOf } from './convert-to-pod.ts'
import type { Task } from './task.ts'

/** A container of a task as ECS tells it. */
export function renderContainer(container: ContainerLife, task: Task, network: Task['network']): object {
  const { body, exitCode, reason, imageDigest } = container
  const override = task.body.overrides?.containerOverrides?.find(({ name }) => name === container.name)
  const memory = override?.memory ?? body.memory
  const memoryReservation = override?.memoryReservation ?? body.memoryReservation
  return {
    containerArn: containerArn(container, task),
    taskArn: task.arn,
    name: container.name,
    image: body.image,
    ...(imageDigest !== null && { imageDigest }),
    ...(container.lastStatus !== 'PENDING' && { runtimeId: `${task.id}-${container.id.slice(0, 8)}` }),
    lastStatus: container.lastStatus,
    ...(exitCode !== null && { exitCode }),
    ...(reason !== null && { reason }),
    networkBindings: bindingsOf(container, task),
    networkInterfaces: network
      ? [{ attachmentId: task.attachmentId, privateIpv4Address: network.privateIp }]
      : [],
    healthStatus: container.health,
    ...(container.hasAgent && { managedAgents: [renderAgent(container)] }),
    cpu: String(override?.cpu ?? body.cpu ?? 0),
    ...(memory !== undefined && { memory: String(memory) }),
    ...(memoryReservation !== undefined && { memoryReservation: String(memoryReservation) }),
  }
}

export function containerArn({ id }: ContainerLife, { arn }: Task): string {
  return `${arn.replace(':task/', ':container/')}/${id}`
}

/** None on Fargate; here they tell what a platform maps that cannot give a task an address of its own. */
function bindingsOf({ body, lastStatus }: ContainerLife, { life }: Task): object[] {
  const pod = life?.pod
  if (!pod || lastStatus !== 'RUNNING') return []
  return portsOf(body).flatMap((port) => {
    const { host, port: hostPort, mapped } = pod.address(port)
    return mapped ? [{ bindIP: host, containerPort: port.port, hostPort, protocol: port.protocol }] : []
  })
}

function renderAgent({ lastStatus, agentStartedAt, mayConnectAgent }: ContainerLife): object {
  const name = 'ExecuteCommandAgent'
  if (lastStatus === 'RUNNING' && !mayConnectAgent)
    return { name, lastStatus: 'STOPPED', reason: 'The agent could not open its channels.' }
  if (agentStartedAt !== null) return { name, lastStatus: 'RUNNING', lastStartedAt: agentStartedAt / 1_000 }
  return { name, lastStatus: lastStatus === 'STOPPED' ? 'STOPPED' : 'PENDING' }
}
