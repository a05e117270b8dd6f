import type { ContainerBody, TaskDefinitionBody } from './task-definition-body.ts'
import { readCpu, readMemory } from './validation/task-size.ts'

/** A body with what ECS fills in and tells back. */
export function completeTaskDefinition(body: TaskDefinitionBody): TaskDefinitionBody {
  const { tags: _, ...others } = body
  return {
    ...others,
    containerDefinitions: (body.containerDefinitions ?? []).map((container) =>
      completeContainer(container, body.networkMode === 'awsvpc'),
    ),
    volumes: body.volumes ?? [],
    ...(body.cpu !== undefined && { cpu: String(readCpu(body.cpu)) }),
    ...(body.memory !== undefined && { memory: String(readMemory(body.memory)) }),
  }
}

function completeContainer(container: ContainerBody, isAwsvpc: boolean): ContainerBody {
  return {
    ...container,
    cpu: container.cpu ?? 0,
    essential: container.essential ?? true,
    portMappings: (container.portMappings ?? []).map((mapping) => ({
      ...mapping,
      ...(isAwsvpc && { hostPort: mapping.containerPort ?? 0 }),
      protocol: mapping.protocol ?? 'tcp',
    })),
    environment: container.environment ?? [],
    mountPoints: container.mountPoints ?? [],
    volumesFrom: container.volumesFrom ?? [],
    ...(container.healthCheck && {
      healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck },
    }),
  }
}
