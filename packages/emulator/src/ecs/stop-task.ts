import type { AwsRequest } from '../aws/aws-operation.ts'
import { taskNotFound } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { requireCluster } from './find-cluster.ts'
import { renderTask } from './render-task.ts'

interface StopTaskBody {
  readonly cluster?: string
  readonly task?: string
  readonly reason?: string
}

/** Has a task stop; the answer does not wait for its end. One that has stopped is told as it is. */
export function stopTask(request: AwsRequest, parts: EcsParts): object {
  const body = request.input<StopTaskBody>()
  const region = parts.regions.in(request.region)
  const cluster = requireCluster(body.cluster, region)
  const task = region.tasks.find(body.task ?? '', cluster)
  if (!task) throw taskNotFound()
  task.life?.stop({ code: 'UserInitiated', reason: body.reason ?? 'Task stopped by user' })
  if (parts.dialect.stopDeletesTags) task.tags.clear()
  return { task: renderTask(task, parts) }
}
