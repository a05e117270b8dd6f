import { clientException } from '../ecs-errors.ts'
import type {
  ContainerBody,
  HealthCheckBody,
  LogConfigurationBody,
  TaskDefinitionBody,
} from '../task-definition-body.ts'
import { isForFargate } from './is-for-fargate.ts'

const MOST_STOP_TIMEOUT_IN_S = 120
const FARGATE_LOG_DRIVERS = ['awslogs', 'splunk', 'awsfirelens']

/** @throws AwsError where it cannot be a container of that task */
export function validateContainer(container: ContainerBody, task: TaskDefinitionBody): void {
  const { name = '', image = '', portMappings = [], stopTimeout, healthCheck, logConfiguration } = container
  if (name === '') throw clientException('Container.name should not be null or empty.')
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(name))
    throw clientException(
      'Container.name contains invalid characters. Up to 255 letters, numbers, hyphens and underscores are allowed.',
    )
  if (image === '') throw clientException('Container.image should not be null or empty.')
  if (/\s/.test(image)) throw clientException('Container.image contains invalid characters.')
  const isAwsvpc = task.networkMode === 'awsvpc'
  if (isAwsvpc && container.links?.length)
    throw clientException('Links are not supported when networkMode=awsvpc.')
  for (const { containerPort = 0, hostPort = 0 } of portMappings) {
    if (!(Number.isInteger(containerPort) && containerPort >= 1 && containerPort <= 65_535))
      throw clientException(`Invalid 'containerPort' setting for container '${name}'.`)
    if (isAwsvpc && hostPort !== 0 && hostPort !== containerPort)
      throw clientException(
        'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
      )
  }
  if (stopTimeout !== undefined && !(stopTimeout >= 0 && stopTimeout <= MOST_STOP_TIMEOUT_IN_S))
    throw clientException(
      `Invalid 'stopTimeout' setting for container '${name}': from 0 to ${MOST_STOP_TIMEOUT_IN_S} seconds.`,
    )
  if (container.startTimeout !== undefined && !(container.startTimeout >= 2))
    throw clientException(`Invalid 'startTimeout' setting for container '${name}': at least 2 seconds.`)
  if (healthCheck) validateHealthCheck(healthCheck, name)
  if (logConfiguration) validateLogs(logConfiguration, name, isForFargate(task))
}

function validateHealthCheck(check: HealthCheckBody, name: string): void {
  const { command = [], interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = check
  const [kind] = command
  if (kind === undefined) throw clientException(`The health check of container '${name}' has no command.`)
  const ranges = [
    ['interval', interval, 5, 300],
    ['timeout', timeout, 2, 60],
    ['retries', retries, 1, 10],
    ['startPeriod', startPeriod, 0, 300],
  ] as const
  for (const [field, value, least, most] of ranges) {
    if (!(value >= least && value <= most))
      throw clientException(
        `Invalid '${field}' in the health check of container '${name}': from ${least} to ${most}.`,
      )
  }
}

function validateLogs(
  { logDriver = '', options = {} }: LogConfigurationBody,
  name: string,
  isFargate: boolean,
) {
  if (isFargate && !FARGATE_LOG_DRIVERS.includes(logDriver))
    throw clientException(
      `Fargate only supports the log drivers ${FARGATE_LOG_DRIVERS.join(', ')}, not '${logDriver}'.`,
    )
  if (logDriver !== 'awslogs') return
  const needed = ['awslogs-group', 'awslogs-region', ...(isFargate ? ['awslogs-stream-prefix'] : [])]
  const missing = needed.find((option) => !options[option])
  if (missing !== undefined)
    throw clientException(
      `Log driver awslogs requires options: ${needed.join(', ')}; container '${name}' has no ${missing}.`,
    )
}
