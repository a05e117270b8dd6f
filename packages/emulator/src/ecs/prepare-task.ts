import type { Pod } from '../backend/backend.ts'
import type { LogStream } from '../cloudwatch-logs/log-stream.ts'
import type { ContainerLife, Prepared } from './container-life.ts'
import { convertToContainer } from './convert-to-pod.ts'
import type { EcsParts } from './ecs-parts.ts'
import type { Task } from './task.ts'
import type { ContainerBody } from './task-definition-body.ts'
import { TaskFailure } from './task-failure.ts'

/** What a node looks up before it pulls: secrets, and where logs go. @throws TaskFailure */
export function prepareTask(task: Task, pod: Pod, parts: EcsParts): Map<ContainerLife, Prepared> {
  return new Map(
    task.containers.map((container) => [
      container,
      {
        pod,
        spec: convertToContainer(container.body, task, parts.account.secrets),
        stream: streamOf(container.body, task, parts),
      },
    ]),
  )
}

/** A group that is not there is made only where the options say so, and the execution role may. */
function streamOf(
  { name = '', logConfiguration }: ContainerBody,
  task: Task,
  { logs, roles }: EcsParts,
): LogStream | null {
  if (logConfiguration?.logDriver !== 'awslogs') return null
  const { options = {} } = logConfiguration
  const group = options['awslogs-group'] ?? ''
  const store = logs.in(options['awslogs-region'] ?? task.region)
  const isToBeMade = options['awslogs-create-group'] === 'true' && !store.group(group)
  if (isToBeMade && !roles.allows(executionRoleOf(task), ['logs:CreateLogGroup']))
    throw new TaskFailure(
      'ResourceInitializationError: failed to validate logger args: create log group has been retried 1 times: failed to create Cloudwatch log group: operation error CloudWatch Logs: CreateLogGroup, AccessDeniedException: the execution role is not authorized to perform: logs:CreateLogGroup : exit status 1',
    )
  const found = isToBeMade ? store.ensureGroup(group) : store.group(group)
  if (!found)
    throw new TaskFailure(
      'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, ResourceNotFoundException: The specified log group does not exist. : exit status 1',
    )
  const prefix = options['awslogs-stream-prefix']
  return found.ensureStream(prefix === undefined ? task.id : `${prefix}/${name}/${task.id}`)
}

function executionRoleOf({ body, definition }: Task): string | undefined {
  return body.overrides?.executionRoleArn ?? definition.body.executionRoleArn
}
