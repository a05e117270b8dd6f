import type { RoleStore } from '../../iam/role-store.ts'
import { clientException } from '../ecs-errors.ts'
import type { TaskDefinitionBody } from '../task-definition-body.ts'
import { isForFargate } from './is-for-fargate.ts'
import { checkFargateSize, readCpu, readMemory } from './task-size.ts'
import { validateContainer } from './validate-container.ts'
import { validateDependencies } from './validate-dependencies.ts'

const MOST_BYTES = 64 * 1024
const MOST_CONTAINERS = 10

/** @throws AwsError where ECS would not take it */
export function validateTaskDefinition(body: TaskDefinitionBody, roles: RoleStore): void {
  const { family = '', containerDefinitions = [], taskRoleArn, executionRoleArn } = body
  if (family === '') throw clientException('Family should not be null or empty.')
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family))
    throw clientException(
      'Family contains invalid characters. Up to 255 letters, numbers, hyphens and underscores are allowed.',
    )
  if (containerDefinitions.length === 0)
    throw clientException('Container definitions should not be null or empty.')
  if (containerDefinitions.length > MOST_CONTAINERS)
    throw clientException(`Task definition has more than ${MOST_CONTAINERS} container definitions.`)
  if (Buffer.byteLength(JSON.stringify(body)) > MOST_BYTES)
    throw clientException('Actual length of the task definition exceeds the limit of 64 KB.')
  for (const arn of [taskRoleArn, executionRoleArn]) {
    if (arn !== undefined && !roles.isRoleArn(arn)) throw clientException('Role is not valid')
  }
  for (const container of containerDefinitions) validateContainer(container, body)
  validateNames(body)
  validateDependencies(containerDefinitions)
  if (isForFargate(body)) validateForFargate(body)
}

function validateNames({ containerDefinitions = [], volumes = [] }: TaskDefinitionBody): void {
  const names = containerDefinitions.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw clientException(`Container names must be unique: '${twice}' is used more than once.`)
  if (containerDefinitions.every(({ essential = true }) => !essential))
    throw clientException('At least one container in a task definition must be essential.')
  const volumeNames = volumes.map(({ name }) => name)
  for (const { name, mountPoints = [] } of containerDefinitions) {
    const unknown = mountPoints.find(({ sourceVolume }) => !volumeNames.includes(sourceVolume))
    if (unknown)
      throw clientException(
        `Unknown volume '${unknown.sourceVolume}' in the mount points of container '${name}'.`,
      )
  }
}

/** What only Fargate asks for. */
function validateForFargate(body: TaskDefinitionBody): void {
  if (body.networkMode !== 'awsvpc') throw clientException("Fargate only supports network mode 'awsvpc'.")
  if (body.cpu === undefined)
    throw clientException("Fargate requires that 'cpu' be defined at the task level.")
  if (body.memory === undefined)
    throw clientException("Fargate requires that 'memory' be defined at the task level.")
  const size = { cpu: readCpu(body.cpu), memory: readMemory(body.memory) }
  checkFargateSize(size)
  const { containerDefinitions = [], volumes = [], ephemeralStorage } = body
  const storage = ephemeralStorage?.sizeInGiB
  if (storage !== undefined && !(storage >= 21 && storage <= 200))
    throw clientException('Ephemeral storage size must be from 21 to 200 GiB.')
  if (body.ipcMode !== undefined) throw clientException("Fargate does not support the 'ipcMode' setting.")
  if (body.pidMode !== undefined && body.pidMode !== 'task')
    throw clientException("Fargate only supports the value 'task' for 'pidMode'.")
  if (volumes.some(({ dockerVolumeConfiguration }) => dockerVolumeConfiguration))
    throw clientException('Fargate does not support Docker volumes.')
  const cpu = containerDefinitions.reduce((sum, container) => sum + (container.cpu ?? 0), 0)
  if (cpu > size.cpu) throw clientException("The sum of the containers' 'cpu' is more than the task's 'cpu'.")
  for (const container of containerDefinitions) {
    if (container.privileged) throw clientException('Fargate does not support privileged containers.')
    if ((container.memory ?? container.memoryReservation ?? 0) > size.memory)
      throw clientException(
        `Invalid 'memory' setting for container '${container.name}': it is more than the task's 'memory'.`,
      )
    if (container.logConfiguration?.logDriver === 'awslogs' && body.executionRoleArn === undefined)
      throw clientException(
        'Fargate requires task definition to have execution role ARN to support log driver awslogs.',
      )
    if (container.secrets?.length && body.executionRoleArn === undefined)
      throw clientException('Fargate requires task definition to have execution role ARN to support secrets.')
  }
}
