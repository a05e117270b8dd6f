import type { EcsParts } from './ecs-parts.ts'
import { renderTags } from './read-tags.ts'
import { renderContainer } from './render-container.ts'
import type { Task, TaskStatus } from './task.ts'

const DEFAULT_STORAGE_IN_GIB = 20

/** A task as ECS tells it. */
export function renderTask(
  task: Task,
  { dialect }: Pick<EcsParts, 'dialect'>,
  include: readonly string[] = [],
): object {
  const { body, definition, network, containers, times, stop } = task
  const overrides = body.overrides ?? {}
  const shownNetwork = network && isInterfaceShown(task.lastStatus, dialect.interfaceShown) ? network : null
  const storage = overrides.ephemeralStorage ?? definition.body.ephemeralStorage
  const { runtimePlatform = {} } = definition.body
  const architecture = runtimePlatform.cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64'
  return {
    taskArn: task.arn,
    clusterArn: task.cluster.arn,
    taskDefinitionArn: definition.arn,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    ...(task.isByStrategy ? { capacityProviderName: task.provider } : {}),
    launchType: 'FARGATE',
    platformVersion: body.platformVersion === '1.3.0' ? '1.3.0' : '1.4.0',
    platformFamily: 'Linux',
    availabilityZone: task.subnet.zone,
    cpu: String(task.size.cpu),
    memory: String(task.size.memory),
    ephemeralStorage: { sizeInGiB: storage?.sizeInGiB ?? DEFAULT_STORAGE_IN_GIB },
    group: body.group ?? `family:${definition.family}`,
    ...(body.startedBy !== undefined && { startedBy: body.startedBy }),
    enableExecuteCommand: body.enableExecuteCommand ?? false,
    attributes: [{ name: 'ecs.cpu-architecture', value: architecture }],
    attachments: [renderAttachment(task, shownNetwork)],
    containers: containers.map((container) => renderContainer(container, task, shownNetwork)),
    overrides: {
      ...overrides,
      containerOverrides: containers.map(
        ({ name }) => overrides.containerOverrides?.find((one) => one.name === name) ?? { name },
      ),
      inferenceAcceleratorOverrides: [],
    },
    inferenceAccelerators: [],
    healthStatus: healthOf(task),
    version: task.version,
    ...(times.connectivityAt !== null && { connectivity: 'CONNECTED' }),
    createdAt: task.createdAt / 1_000,
    ...Object.fromEntries(
      Object.entries(times).flatMap(([name, at]: [string, number | null]) =>
        at === null ? [] : [[name, at / 1_000]],
      ),
    ),
    ...(stop && { stopCode: stop.code, stoppedReason: stop.reason }),
    tags: include.includes('TAGS') ? renderTags(task.tags) : [],
  }
}

const STATES: readonly TaskStatus[] = ['PROVISIONING', 'PENDING', 'ACTIVATING', 'RUNNING']

function isInterfaceShown(status: TaskStatus, since: EcsParts['dialect']['interfaceShown']): boolean {
  const index = STATES.indexOf(status)
  return index < 0 || index >= STATES.indexOf(since.toUpperCase() as TaskStatus)
}

function renderAttachment(task: Task, network: Task['network']): object {
  const detail = (name: string, value: string) => ({ name, value })
  return {
    id: task.attachmentId,
    type: 'ElasticNetworkInterface',
    status: attachmentStatus(task.lastStatus, network !== null),
    details: [
      detail('subnetId', task.subnet.id),
      ...(network
        ? [
            detail('networkInterfaceId', network.id),
            detail('macAddress', network.macAddress),
            detail('privateDnsName', `ip-${network.privateIp.replaceAll('.', '-')}.ec2.internal`),
            detail('privateIPv4Address', network.privateIp),
          ]
        : []),
    ],
  }
}

function attachmentStatus(status: TaskStatus, hasInterface: boolean): string {
  if (status === 'STOPPED') return 'DELETED'
  if (status === 'DEPROVISIONING') return 'DETACHING'
  return hasInterface ? 'ATTACHED' : 'PRECREATED'
}

/** Of a task: that of its essential containers which have a check. */
function healthOf({ containers }: Task): string {
  const checked = containers.filter(({ isEssential, body }) => isEssential && body.healthCheck)
  if (checked.some(({ health }) => health === 'UNHEALTHY')) return 'UNHEALTHY'
  if (checked.length === 0 || checked.some(({ health }) => health === 'UNKNOWN')) return 'UNKNOWN'
  return 'HEALTHY'
}
