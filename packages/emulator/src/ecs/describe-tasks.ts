import type { AwsRequest } from '../aws/aws-operation.ts'
import { invalidParameter } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { requireCluster } from './find-cluster.ts'
import { renderTask } from './render-task.ts'
import type { Task } from './task.ts'

interface DescribeTasksBody {
  readonly cluster?: string
  readonly tasks?: readonly string[]
  readonly include?: readonly string[]
}

const MOST_TASKS = 100

/** Many tasks at once; those that are not there, or not told of yet, are MISSING. */
export function describeTasks(request: AwsRequest, parts: EcsParts): object {
  const { cluster: clusterId, tasks: asked = [], include } = request.input<DescribeTasksBody>()
  if (asked.length === 0) throw invalidParameter('Tasks cannot be empty.')
  if (asked.length > MOST_TASKS) throw invalidParameter(`Tasks cannot have more than ${MOST_TASKS} items.`)
  const region = parts.regions.in(request.region)
  const cluster = requireCluster(clusterId, region)
  const tasks: Task[] = []
  const failures: object[] = []
  for (const identifier of new Set(asked)) {
    const id = identifier.split('/').at(-1) ?? ''
    if (!/^[0-9a-f-]{32,36}$/.test(id)) throw invalidParameter('taskId length should be one of [32,36]')
    const task = region.tasks.find(identifier, cluster)
    if (task && region.tasks.isShown(task)) tasks.push(task)
    else {
      const arn = identifier.startsWith('arn:')
        ? identifier
        : `${cluster.arn.replace(':cluster/', ':task/')}/${identifier}`
      failures.push({ arn, reason: 'MISSING' })
    }
  }
  return { tasks: tasks.map((task) => renderTask(task, parts, include)), failures }
}
