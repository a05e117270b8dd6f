import type { ContainerSpec, PodPort, PodSpec } from '../backend/backend.ts'
import { readSecret } from './read-secret.ts'
import type { Task } from './task.ts'
import type { ContainerBody } from './task-definition-body.ts'

/** A task's sandbox in the backend's words. */
export function convertToPod({ id, arn, definition }: Pick<Task, 'id' | 'arn' | 'definition'>): PodSpec {
  const { containerDefinitions = [], volumes = [] } = definition.body
  const ports = containerDefinitions.flatMap(portsOf)
  const distinct = new Map(ports.map((port) => [`${port.port}/${port.protocol}`, port]))
  return {
    name: `ecs-${id}`,
    labels: { 'berth-emulator-task': arn },
    ports: [...distinct.values()],
    // File systems elsewhere are out of reach: an empty volume stands for them.
    volumes: Object.fromEntries(volumes.map(({ name = '' }) => [name, { kind: 'empty' }])),
  }
}

export function portsOf({ portMappings = [] }: ContainerBody): PodPort[] {
  return portMappings.map(({ containerPort = 0, protocol }) => ({
    port: containerPort,
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
  }))
}

/** A container in the backend's words. @throws TaskFailure where a secret is not there */
export function convertToContainer(
  body: ContainerBody,
  task: Task,
  secrets: Readonly<Record<string, string>>,
): ContainerSpec {
  const { name = '', image = '', entryPoint, workingDirectory, user } = body
  const override = task.body.overrides?.containerOverrides?.find((one) => one.name === name)
  const command = override?.command ?? body.command
  const cpu = (override?.cpu ?? body.cpu) || task.size.cpu
  const memory = override?.memory ?? body.memory ?? task.size.memory
  return {
    name,
    image,
    ...(entryPoint?.length && { command: entryPoint }),
    ...(command?.length && { args: command }),
    env: {
      AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
      AWS_REGION: task.region,
      AWS_DEFAULT_REGION: task.region,
      ...Object.fromEntries(
        [...(body.environment ?? []), ...(override?.environment ?? [])].map((one) => [
          one.name ?? '',
          one.value ?? '',
        ]),
      ),
      ...Object.fromEntries(
        (body.secrets ?? []).map((secret) => [
          secret.name ?? '',
          readSecret(secret.valueFrom ?? '', secrets),
        ]),
      ),
    },
    ...(workingDirectory !== undefined && { workingDirectory }),
    ...(user !== undefined && { user }),
    cpu: cpu / 1_024,
    memoryInBytes: memory * 1024 ** 2,
    mounts: mountsOf(body, task.definition.body.containerDefinitions ?? []),
    ports: portsOf(body),
    stdin: body.interactive ?? false,
    tty: body.pseudoTerminal ?? false,
  }
}

function mountsOf(body: ContainerBody, all: readonly ContainerBody[]): ContainerSpec['mounts'] {
  const own = (body.mountPoints ?? []).map(({ sourceVolume = '', containerPath = '', readOnly = false }) => ({
    volume: sourceVolume,
    path: containerPath,
    readOnly,
  }))
  const others = (body.volumesFrom ?? []).flatMap(({ sourceContainer, readOnly = false }) => {
    const source = all.find(({ name }) => name === sourceContainer)
    return (source ? mountsOf({ ...source, volumesFrom: [] }, all) : []).map((mount) => ({
      ...mount,
      readOnly: readOnly || mount.readOnly,
    }))
  })
  return [...own, ...others]
}
