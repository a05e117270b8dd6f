import type { ContainerDefinition, ContainerDependency } from '@aws-sdk/client-ecs'
import { isSecret, isSecretRef, type PlannedContainer } from '@berth/core'
import { convertHealth } from './convert-health.ts'
import { MAIN, STREAM_PREFIX } from './ecs-names.ts'
import type { EcsNativeOptions } from './ecs-native-options.ts'

/** What of the task a container needs. */
export interface ContainerSurroundings {
  readonly native: EcsNativeOptions
  readonly logGroup: string
  readonly region: string
  readonly stopTimeout: number
  /** What it waits for. */
  readonly dependsOn: readonly ContainerDependency[]
}

const MIB_IN_BYTES = 2 ** 20

/** One container in the service's words. */
export function convertContainer(
  planned: PlannedContainer,
  { native, logGroup, region, stopTimeout, dependsOn }: ContainerSurroundings,
): ContainerDefinition {
  const { name, image, command, args, workingDirectory, user, cpu, memoryInBytes, ports, mounts } = planned
  const credentialsParameter = native.registryCredentials?.[name]
  const { environment, secrets } = convertEnvironment(planned)
  return {
    name,
    image,
    // The task ends with its main container, and with no other.
    essential: name === MAIN,
    ...(command && { entryPoint: [...command] }),
    ...(args && { command: [...args] }),
    ...(workingDirectory !== undefined && { workingDirectory }),
    ...(user !== undefined && { user }),
    ...(cpu !== undefined && { cpu: Math.round(cpu * 1_024) }),
    ...(memoryInBytes !== undefined && { memory: Math.max(6, Math.floor(memoryInBytes / MIB_IN_BYTES)) }),
    ...(environment.length > 0 && { environment }),
    ...(secrets.length > 0 && { secrets }),
    ...(ports.length > 0 && {
      portMappings: ports.map(({ port, protocol }) => ({ containerPort: port, hostPort: port, protocol })),
    }),
    ...(mounts.length > 0 && {
      mountPoints: mounts.map(({ volume, path, readOnly }) => ({
        sourceVolume: volume,
        containerPath: path,
        ...(readOnly && { readOnly }),
      })),
    }),
    ...(planned.health && { healthCheck: convertHealth(planned.health) }),
    ...(native.readOnly?.[name] !== undefined && { readonlyRootFilesystem: native.readOnly[name] }),
    ...(credentialsParameter !== undefined && { repositoryCredentials: { credentialsParameter } }),
    ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
    stopTimeout,
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': logGroup,
        // Where the execution role may; where the group is there already nobody asks whether it may.
        'awslogs-create-group': 'true',
        'awslogs-region': region,
        'awslogs-stream-prefix': STREAM_PREFIX,
      },
    },
  }
}

/** Plain values, and the names of secrets, which the service looks up when it starts the container. */
function convertEnvironment({ env }: PlannedContainer) {
  const environment: { name: string; value: string }[] = []
  const secrets: { name: string; valueFrom: string }[] = []
  for (const [name, value] of Object.entries(env)) {
    if (isSecretRef(value)) secrets.push({ name, valueFrom: value.reference })
    else if (isSecret(value))
      throw new TypeError(`env.${name}: a secret's value must not stand in a definition`)
    else environment.push({ name, value })
  }
  return { environment, secrets }
}
