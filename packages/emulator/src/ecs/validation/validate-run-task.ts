import { AwsError } from '../../aws/aws-error.ts'
import type { Subnet } from '../../ec2/network.ts'
import type { NetworkStore } from '../../ec2/network-store.ts'
import type { RoleStore } from '../../iam/role-store.ts'
import { clientException, invalidParameter } from '../ecs-errors.ts'
import type { RunTaskBody } from '../run-task-body.ts'
import type { TaskDefinition } from '../task-definition.ts'
import { checkFargateSize, readCpu, readMemory, type TaskSize } from './task-size.ts'

const MOST_OVERRIDES = 8_192
const PLATFORMS = ['LATEST', '1.4.0', '1.3.0']

/** @throws AwsError where the request alone shows that it cannot be met */
export function validateRunTask(body: RunTaskBody): void {
  const { count = 1, startedBy = '', group = '', clientToken = '', overrides, platformVersion } = body
  if (!(Number.isInteger(count) && count >= 1 && count <= 10))
    throw invalidParameter('Count must be from 1 to 10.')
  if (startedBy.length > 128) throw invalidParameter('startedBy must be at most 128 characters long.')
  if (!/^[A-Za-z0-9_\-/.:=+@\s]*$/.test(startedBy))
    throw invalidParameter('startedBy contains invalid characters.')
  if (group.length > 255) throw invalidParameter('Group must be at most 255 characters long.')
  if (/^(aws:|ecs:)/i.test(group)) throw invalidParameter("Group must not begin with 'aws:' or 'ecs:'.")
  if (clientToken.length > 64) throw invalidParameter('clientToken must be at most 64 characters long.')
  if (overrides !== undefined && JSON.stringify(overrides).length > MOST_OVERRIDES)
    throw invalidParameter(`Overrides must be at most ${MOST_OVERRIDES} characters long.`)
  if (platformVersion !== undefined && !PLATFORMS.includes(platformVersion))
    throw new AwsError(400, 'PlatformUnknownException', 'The specified platform does not exist.')
}

/** The subnets and security groups in which tasks may be. @throws AwsError where they are not there */
export function validateNetwork(
  { networkConfiguration }: RunTaskBody,
  network: NetworkStore,
): { readonly subnets: readonly Subnet[]; readonly groupIds: readonly string[] } {
  const configuration = networkConfiguration?.awsvpcConfiguration
  if (!configuration)
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  const { subnets: subnetIds = [], securityGroups = [], assignPublicIp = 'DISABLED' } = configuration
  if (subnetIds.length === 0) throw invalidParameter('subnets can not be empty.')
  if (subnetIds.length > 16) throw invalidParameter('subnets can have at most 16 items.')
  if (securityGroups.length > 5) throw invalidParameter('securityGroups can have at most 5 items.')
  if (assignPublicIp !== 'ENABLED' && assignPublicIp !== 'DISABLED')
    throw invalidParameter('assignPublicIp must be ENABLED or DISABLED.')
  const subnets = subnetIds.map((id) => {
    const subnet = network.subnets.find((one) => one.id === id)
    if (!subnet)
      throw invalidParameter(
        `Error retrieving subnet information for [${id}]: The subnet ID '${id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)`,
      )
    return subnet
  })
  const [vpcId = ''] = subnets.map((subnet) => subnet.vpcId)
  for (const id of securityGroups) {
    if (!network.group(id))
      throw invalidParameter(
        `Error retrieving security group information for [${id}]: The security group '${id}' does not exist (ErrorCode: InvalidGroup.NotFound)`,
      )
  }
  const byDefault = network.defaultGroupOf(vpcId)
  return {
    subnets,
    groupIds: securityGroups.length > 0 || !byDefault ? securityGroups : [byDefault.id],
  }
}

/** The size of a task, with its overrides. @throws AwsError where Fargate cannot run it */
export function validateDefinition(
  definition: TaskDefinition | null,
  body: RunTaskBody,
  roles: RoleStore,
): { readonly definition: TaskDefinition; readonly size: TaskSize } {
  if (!definition || definition.status === 'DELETE_IN_PROGRESS')
    throw clientException('TaskDefinition not found.')
  if (definition.status !== 'ACTIVE') throw clientException('TaskDefinition is inactive.')
  if (!definition.isForFargate)
    throw invalidParameter('Task definition does not support launch_type FARGATE.')
  const { overrides = {}, enableExecuteCommand } = body
  const names = definition.body.containerDefinitions?.map(({ name }) => name)
  const unknown = overrides.containerOverrides?.find(({ name }) => !names?.includes(name))
  if (unknown)
    throw invalidParameter(
      `Override for container named ${unknown.name} is not a container in the TaskDefinition.`,
    )
  const size = {
    cpu: readCpu(overrides.cpu ?? definition.body.cpu ?? ''),
    memory: readMemory(overrides.memory ?? definition.body.memory ?? ''),
  }
  if (overrides.cpu !== undefined || overrides.memory !== undefined) checkFargateSize(size)
  const taskRole = overrides.taskRoleArn ?? definition.body.taskRoleArn
  const executionRole = overrides.executionRoleArn ?? definition.body.executionRoleArn
  for (const arn of [taskRole, executionRole]) {
    if (arn !== undefined && !roles.mayBeAssumedByTasks(arn))
      throw clientException(
        `ECS was unable to assume the role '${arn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
      )
  }
  if (enableExecuteCommand && taskRole === undefined)
    throw invalidParameter(
      "The task couldn't be run because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.",
    )
  return { definition, size }
}
