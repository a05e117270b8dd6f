import { randomUUID } from 'node:crypto'
import { newId } from '../aws/new-id.ts'
import { realNow } from '../clock/real-time.ts'
import type { Subnet } from '../ec2/network.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import type { Capacity } from './choose-capacity.ts'
import type { Cluster } from './cluster.ts'
import { ContainerLife } from './container-life.ts'
import type { EcsParts } from './ecs-parts.ts'
import { ImagePuller } from './image-puller.ts'
import { readTags } from './read-tags.ts'
import type { RunTaskBody } from './run-task-body.ts'
import type { Task } from './task.ts'
import type { TaskDefinition } from './task-definition.ts'
import { TaskLife } from './task-life.ts'
import type { TaskSize } from './validation/task-size.ts'

export interface NewTask {
  readonly region: string
  readonly cluster: Cluster
  readonly definition: TaskDefinition
  readonly body: RunTaskBody
  readonly size: TaskSize
  readonly capacity: Capacity
  readonly subnets: readonly Subnet[]
  readonly groupIds: readonly string[]
  readonly effects: readonly FaultEffect[]
}

/** What the agent for ExecuteCommand does in the name of the task. */
const AGENT_ACTIONS = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]

/** Makes a task and has it begin. */
export function beginTask(wanted: NewTask, parts: EcsParts): Task {
  const { region, cluster, definition, body, capacity, subnets, effects } = wanted
  const { world, account } = parts
  const { tasks } = parts.regions.in(region)
  const id = newId(32)
  // Drawn from, so that the same start takes as long in a replay.
  const label = `ecs ${definition.family} ${tasks.count}`
  const numbers = world.random.numbers(label)
  const node = world.clocks.nodes[Math.floor(numbers() * world.clocks.nodes.length)] ?? world.clocks.nodes[0]
  const [firstSubnet] = subnets
  const subnet = subnets[Math.floor(numbers() * subnets.length)] ?? firstSubnet
  if (!subnet) throw new RangeError('a task needs a subnet')
  const containers = definition.body.containerDefinitions ?? []
  const puller = new ImagePuller({ backend: world.backend, effects, secrets: account.secrets })
  const touch = () => {
    task.version += 1
  }
  const taskRole = body.overrides?.taskRoleArn ?? definition.body.taskRoleArn
  const mayConnectAgent = parts.roles.allows(taskRole, AGENT_ACTIONS)
  const drawFor = (image = '', of = '') =>
    world.profile.draw({ service: 'ecs', image }, world.random.numbers(`${label} ${of}`))
  const task: Task = {
    id,
    arn: `arn:aws:ecs:${region}:${account.accountId}:task/${cluster.name}/${id}`,
    region,
    cluster,
    definition,
    body,
    size: wanted.size,
    ...capacity,
    subnet,
    groupIds: wanted.groupIds,
    attachmentId: randomUUID(),
    containers: containers.map(
      (container) =>
        new ContainerLife({
          world,
          node,
          body: container,
          durations: drawFor(container.image, container.name),
          puller,
          agentAfterInMs: body.enableExecuteCommand ? parts.dialect.execAgentAfterInMs : null,
          mayConnectAgent,
          onChange: touch,
        }),
    ),
    tags: tagsOf(wanted),
    createdAt: world.clocks.frontEnd.read(),
    madeAt: realNow(),
    stopAskedAt: null,
    endedAt: null,
    times: {
      connectivityAt: null,
      pullStartedAt: null,
      pullStoppedAt: null,
      startedAt: null,
      stoppingAt: null,
      executionStoppedAt: null,
      stoppedAt: null,
    },
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    stop: null,
    network: null,
    life: null,
  }
  const durations = drawFor(containers[0]?.image)
  task.life = new TaskLife({ task, parts, effects, node, durations })
  tasks.add(task)
  task.life.begin()
  return task
}

function tagsOf({ body, definition, cluster }: NewTask): Map<string, string> {
  return new Map([
    ...(body.enableECSManagedTags ? [['aws:ecs:clusterName', cluster.name] as const] : []),
    ...(body.propagateTags === 'TASK_DEFINITION' ? definition.tags : []),
    ...readTags(body.tags),
  ])
}
