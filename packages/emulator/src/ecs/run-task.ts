import type { AwsRequest } from '../aws/aws-operation.ts'
import { findFault } from '../fault/find-fault.ts'
import { chooseCapacity } from './choose-capacity.ts'
import type { RunOutcome } from './client-tokens.ts'
import type { Cluster } from './cluster.ts'
import { NO_CAPACITY, NO_VCPUS } from './ecs-errors.ts'
import type { EcsParts } from './ecs-parts.ts'
import { requireCluster } from './find-cluster.ts'
import { beginTask, type NewTask } from './new-task.ts'
import { refuseOften } from './refuse-often.ts'
import { renderTask } from './render-task.ts'
import type { RunTaskBody } from './run-task-body.ts'
import type { Task } from './task.ts'
import { validateDefinition, validateNetwork, validateRunTask } from './validation/validate-run-task.ts'

/** Starts tasks; what cannot be started is told in `failures`, and the answer is a 200 all the same. */
export async function runTask(request: AwsRequest, parts: EcsParts): Promise<object> {
  const body = request.input<RunTaskBody>()
  validateRunTask(body)
  const region = parts.regions.in(request.region)
  const cluster = requireCluster(body.cluster, region)
  const outcome = await region.tokens.once(
    { cluster: cluster.name, token: body.clientToken, parameters: body },
    () => run(request, body, cluster, parts),
  )
  return {
    tasks: outcome.tasks.map((task) => renderTask(task, parts, ['TAGS'])),
    failures: outcome.failures,
  }
}

async function run(
  { region, effects }: AwsRequest,
  body: RunTaskBody,
  cluster: Cluster,
  parts: EcsParts,
): Promise<RunOutcome> {
  const { world, regions, networks, roles, throttle, dialect } = parts
  const found = regions.in(region).definitions.find(body.taskDefinition ?? '')
  const capacities = chooseCapacity(body, cluster)
  const { definition, size } = validateDefinition(found, body, roles)
  const network = validateNetwork(body, networks.in(region))
  if (!throttle.admits('fargateCalls', region)) throw refuseOften(dialect)
  const { accepting } = world.profile.draw(
    { service: 'ecs', image: definition.body.containerDefinitions?.[0]?.image ?? '' },
    world.random.numbers(`ecs ${definition.family} accepting ${regions.in(region).tasks.count}`),
  )
  await world.time.pass(accepting, world.closing)
  const tasks: Task[] = []
  const later: Task[] = []
  const failures: { reason: string }[] = []
  for (const capacity of capacities) {
    const wanted: NewTask = { region, cluster, definition, body, size, capacity, ...network, effects }
    const reason = refusal(wanted, parts)
    if (reason === null && !throttle.admits('fargateLaunches', region)) {
      if (tasks.length === 0) throw refuseOften(dialect)
      break
    }
    if (reason === null) tasks.push(beginTask(wanted, parts))
    else failures.push({ reason })
    if (reason === NO_CAPACITY && !dialect.failuresAreFinal) later.push(beginTask(wanted, parts))
  }
  return { tasks, failures, ...(later.length > 0 && { later }) }
}

/** Why one more task cannot be started; null: it can. */
function refusal({ region, size, capacity, effects }: NewTask, { regions, limits }: EcsParts): string | null {
  if (findFault(effects, 'quota')) return NO_VCPUS
  if (findFault(effects, 'capacity')?.when === 'at-once') return NO_CAPACITY
  const running = regions
    .in(region)
    .tasks.all()
    .filter(({ provider, lastStatus }) => provider === capacity.provider && lastStatus !== 'STOPPED')
  const cpu = running.reduce((sum, task) => sum + task.size.cpu, size.cpu)
  const vCpus = capacity.provider === 'FARGATE' ? limits.vCpus : limits.spotVCpus
  return cpu > vCpus * 1_024 ? NO_VCPUS : null
}
