import { AwsError } from '../aws/aws-error.ts'
import type { AwsRequest } from '../aws/aws-operation.ts'
import { newId } from '../aws/new-id.ts'
import type { ContainerLife } from './container-life.ts'
import { clientException, invalidParameter, taskNotFound } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { requireCluster } from './find-cluster.ts'
import { containerArn } from './render-container.ts'
import { splitWords } from './split-words.ts'
import type { Task } from './task.ts'

interface ExecuteCommandBody {
  readonly cluster?: string
  readonly task?: string
  readonly container?: string
  readonly command?: string
  readonly interactive?: boolean
}

/** Promises a session: the command begins when its data channel is opened. */
export function executeCommand(request: AwsRequest, parts: EcsParts): object {
  const body = request.input<ExecuteCommandBody>()
  const region = parts.regions.in(request.region)
  const cluster = requireCluster(body.cluster, region)
  const task = region.tasks.find(body.task ?? '', cluster)
  if (!task) throw taskNotFound()
  if (body.interactive !== true) throw invalidParameter('Interactive is the only mode supported currently.')
  const container = chooseContainer(task, body.container)
  const pod = task.life?.pod
  if (!body.command?.trim()) throw invalidParameter('The command must not be empty.')
  if (!task.body.enableExecuteCommand || !pod)
    throw invalidParameter(
      'The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.',
    )
  if (container.agentStartedAt === null)
    throw new AwsError(
      400,
      'TargetNotConnectedException',
      'The execute command failed due to an internal error. Try again later.',
    )
  const command = splitWords(body.command)
  const session = parts.channels.promise({
    sessionId: `ecs-execute-command-${newId(17)}`,
    origin: request.wire.url.origin,
    open: (size) => pod.exec(container.name, command, { tty: true, stdin: true, size }),
  })
  return {
    clusterArn: cluster.arn,
    containerArn: containerArn(container, task),
    containerName: container.name,
    interactive: true,
    session,
    taskArn: task.arn,
  }
}

/** The only one, where a task has no other. */
function chooseContainer({ containers }: Task, name: string | undefined): ContainerLife {
  const [first, second] = containers
  if (name === undefined && second)
    throw clientException('Container name is required as the task has more than one container.')
  const found = name === undefined ? first : containers.find((container) => container.name === name)
  if (!found) throw clientException('The container was not found in the task.')
  return found
}
