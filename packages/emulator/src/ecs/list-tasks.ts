import type { AwsRequest } from '../aws/aws-operation.ts'
import { paginate } from '../aws/paginate.ts'
import { realNow } from '../clock/real-time.ts'
import { invalidParameter } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { requireCluster } from './find-cluster.ts'
import type { Task } from './task.ts'

interface ListTasksBody {
  readonly cluster?: string
  readonly containerInstance?: string
  readonly family?: string
  readonly serviceName?: string
  readonly startedBy?: string
  readonly desiredStatus?: string
  readonly launchType?: string
  readonly maxResults?: number
  readonly nextToken?: string
}

/** The ARNs of a cluster's tasks: those that shall run, unless others are asked for. */
export function listTasks(request: AwsRequest, parts: EcsParts): object {
  const body = request.input<ListTasksBody>()
  const { family, startedBy, serviceName, containerInstance, launchType, maxResults = 100 } = body
  if (startedBy !== undefined && (family ?? serviceName ?? containerInstance) !== undefined)
    throw invalidParameter('startedBy must be the only filter that is used.')
  if (!(maxResults >= 1 && maxResults <= 100)) throw invalidParameter('maxResults must be from 1 to 100.')
  const region = parts.regions.in(request.region)
  const cluster = requireCluster(body.cluster, region)
  const desiredStatus = readStatus(body.desiredStatus)
  const tasks = region.tasks
    .of(cluster)
    .filter(
      (task) =>
        wasDesired(task, parts) === desiredStatus &&
        (family === undefined || task.definition.family === family) &&
        (startedBy === undefined || task.body.startedBy === startedBy) &&
        (launchType === undefined || launchType === 'FARGATE') &&
        // Nothing here belongs to a service, or to an instance of one's own.
        serviceName === undefined &&
        containerInstance === undefined,
    )
    .sort((left, right) => (left.arn < right.arn ? -1 : 1))
  const page = paginate(tasks, {
    pageSize: maxResults,
    token: body.nextToken,
    keyOf: ({ arn }) => arn,
    refuse: () => invalidParameter('Invalid token.'),
  })
  return { taskArns: page.items.map(({ arn }) => arn), nextToken: page.nextToken }
}

/** As lists knew it so long ago; null: not yet. */
function wasDesired(
  { madeAt, stopAskedAt }: Task,
  { dialect, world }: EcsParts,
): 'RUNNING' | 'STOPPED' | null {
  const then = realNow() - world.time.toReal(dialect.listStaleInMs)
  if (madeAt > then) return null
  return stopAskedAt !== null && stopAskedAt <= then ? 'STOPPED' : 'RUNNING'
}

function readStatus(status = 'RUNNING'): string {
  if (['RUNNING', 'PENDING', 'STOPPED'].includes(status)) return status
  throw invalidParameter('desiredStatus must be RUNNING, PENDING or STOPPED.')
}
