import type { AwsOperation, AwsRequest } from '../aws/aws-operation.ts'
import { AccountSettings } from './account-settings.ts'
import {
  createCluster,
  deleteCluster,
  describeClusters,
  listClusters,
  putClusterCapacityProviders,
} from './clusters.ts'
import { describeTasks } from './describe-tasks.ts'
import type { EcsParts } from './ecs-parts.ts'
import { executeCommand } from './execute-command.ts'
import { listTasks } from './list-tasks.ts'
import { runTask } from './run-task.ts'
import { stopTask } from './stop-task.ts'
import { listTagsForResource, tagResource, untagResource } from './tag-resource.ts'
import {
  deleteTaskDefinitions,
  deregisterTaskDefinition,
  describeTaskDefinition,
  listTaskDefinitionFamilies,
  listTaskDefinitions,
  registerTaskDefinition,
} from './task-definitions.ts'

type Handler = (request: AwsRequest, parts: EcsParts) => object | Promise<object>

const HANDLERS: Readonly<Record<string, Handler>> = {
  CreateCluster: createCluster,
  DeleteCluster: deleteCluster,
  DescribeClusters: describeClusters,
  ListClusters: listClusters,
  PutClusterCapacityProviders: putClusterCapacityProviders,
  RegisterTaskDefinition: registerTaskDefinition,
  DescribeTaskDefinition: describeTaskDefinition,
  DeregisterTaskDefinition: deregisterTaskDefinition,
  DeleteTaskDefinitions: deleteTaskDefinitions,
  ListTaskDefinitions: listTaskDefinitions,
  ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
  RunTask: runTask,
  DescribeTasks: describeTasks,
  ListTasks: listTasks,
  StopTask: stopTask,
  ExecuteCommand: executeCommand,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
}

/** Every operation of ECS that is emulated, by the names of its service model. */
export function ecsOperations(parts: EcsParts): readonly AwsOperation[] {
  const settings = new AccountSettings()
  return [
    ...Object.entries(HANDLERS).map(([name, handle]) => ({
      name,
      resourceName,
      handle: (request: AwsRequest) => handle(request, parts),
    })),
    { name: 'ListAccountSettings', handle: (request) => settings.list(request) },
    { name: 'PutAccountSetting', handle: (request) => settings.put(request) },
    { name: 'PutAccountSettingDefault', handle: (request) => settings.put(request) },
  ]
}

/** The family, task or cluster that a request is about. */
function resourceName(request: AwsRequest): string | undefined {
  const body = request.input<Readonly<Record<string, unknown>>>()
  const named = [
    body.taskDefinition,
    body.family,
    body.task,
    body.resourceArn,
    body.clusterName,
    body.cluster,
  ]
  const name = named.find((one): one is string => typeof one === 'string')
  return name?.split('/').at(-1)?.replace(/:\d+$/, '')
}
