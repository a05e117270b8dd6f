import type { TaskDefinition } from './task-definition.ts'

/** A task definition as ECS tells it. */
export function renderTaskDefinition(definition: TaskDefinition, registeredBy: string): object {
  const { arn, family, revision, status, body, registeredAt, deregisteredAt, isForFargate } = definition
  return {
    taskDefinitionArn: arn,
    family,
    revision,
    status,
    ...body,
    placementConstraints: [],
    requiresAttributes: attributesOf(definition).map((name) => ({ name })),
    compatibilities: isForFargate ? ['EC2', 'FARGATE'] : ['EC2'],
    registeredAt: registeredAt / 1_000,
    ...(deregisteredAt !== undefined && { deregisteredAt: deregisteredAt / 1_000 }),
    registeredBy,
  }
}

/** What an agent must be able to do, in its own words. */
function attributesOf({ body }: TaskDefinition): string[] {
  const containers = body.containerDefinitions ?? []
  return [
    'com.amazonaws.ecs.capability.docker-remote-api.1.18',
    ...(body.networkMode === 'awsvpc' ? ['ecs.capability.task-eni'] : []),
    ...(body.taskRoleArn ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
    ...(containers.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs')
      ? ['com.amazonaws.ecs.capability.logging-driver.awslogs', 'ecs.capability.execution-role-awslogs']
      : []),
    ...(containers.some(({ healthCheck }) => healthCheck) ? ['ecs.capability.container-health-check'] : []),
    ...(containers.some(({ dependsOn }) => dependsOn?.length) ? ['ecs.capability.container-ordering'] : []),
  ]
}
