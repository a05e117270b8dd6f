import type { Task, TaskDefinition } from '@aws-sdk/client-ecs'
import {
  type CallContext,
  delay,
  type FindQuery,
  type Found,
  growingPauses,
  type Observation,
  type OwnershipTags,
} from '@berth/core'
import { readDefinition } from './define-task.ts'
import type { EcsAccount } from './ecs-account.ts'
import { isTaskId, MAIN, startedByName, startedByToken, taskId } from './ecs-names.ts'
import { readExposure, readLabels, readTaskTags } from './ecs-tags.ts'
import { isKept } from './is-kept.ts'
import { type Described, describeListed, describeTasks, findByDesire, findStartedBy } from './list-tasks.ts'
import { lookUpAddresses } from './look-up-addresses.ts'
import { observeWith } from './observe-task.ts'
import { justOrdered } from './task-view.ts'

const MIB_IN_BYTES = 2 ** 20
/** Who knows the id of a run that nobody tells of waits for so long. */
const NEWS_WITHIN_MS = 2_000

/** Every run of ours by its tags, or by what stands in for them once its task has stopped. */
export async function* findTasks(
  account: EcsAccount,
  query: FindQuery,
  context: CallContext,
): AsyncGenerator<Found> {
  for (const { tasks, receivedAt } of await candidates(account, query, context)) {
    const ours = tasks.flatMap((task) => {
      const tags = readTaskTags(task)
      return tags !== undefined && matches(task, tags, query) ? [{ task, tags }] : []
    })
    const addresses = await lookUpAddresses(
      account,
      ours.map(({ task }) => task),
      context,
    )
    const found = ours.map(async ({ task, tags }) => {
      if (!(await isKept(account, task, context))) return undefined
      const definition = await readDefinition(account, task.taskDefinitionArn ?? '', context)
      const observation = await observeWith(account, task, { receivedAt, source: 'task', addresses }, context)
      return foundOf(task, tags, definition, observation)
    })
    yield* (await Promise.all(found)).filter((each) => each !== undefined)
  }
}

/** Those that can be meant. The service finds a token only among tasks that are to run. */
async function candidates(
  account: EcsAccount,
  { ref, name, tokenHash }: FindQuery,
  context: CallContext,
): Promise<readonly Described[]> {
  if (ref !== undefined) return isTaskId(ref) ? await describeOne(account, ref, context) : []
  const isAll = name === undefined && tokenHash === undefined
  const startedBy =
    tokenHash !== undefined ? startedByToken(tokenHash) : name !== undefined ? startedByName(name) : undefined
  // Nothing of ours has such a name.
  if (!isAll && startedBy === undefined) return []
  const [running, stopped] = await Promise.all([
    startedBy === undefined
      ? findByDesire(account, 'RUNNING', context)
      : findStartedBy(account, startedBy, context),
    findByDesire(account, 'STOPPED', context),
  ])
  // Lists are late; what this process has just ordered it knows without them.
  const listed = new Set([...running, ...(isAll ? justOrdered(account.views) : [])])
  const ended = stopped.filter((each) => !listed.has(each))
  const described = await Promise.all([
    describeListed(account, [...listed], context),
    // One that is not told any more was forgotten since.
    describeTasks(account, ended, context),
  ])
  return described.flat()
}

/** One by its id. What another process has just started is not told for a second or so; where it is listed, it is there for sure. */
async function describeOne(
  account: EcsAccount,
  ref: string,
  context: CallContext,
): Promise<readonly Described[]> {
  const startedAt = performance.now()
  for (const pauseInMs of growingPauses(300, 1_000)) {
    const described = await describeTasks(account, [ref], context)
    const isMissing = described.some(({ missing }) => missing.length > 0)
    if (!isMissing || account.removed.has(ref)) return described
    const running = await findByDesire(account, 'RUNNING', context)
    if (running.includes(ref)) return await describeListed(account, [ref], context)
    if (performance.now() - startedAt > NEWS_WITHIN_MS) return described
    await delay(pauseInMs, context.signal)
  }
  return []
}

function matches(task: Task, tags: OwnershipTags, { ref, name, tokenHash }: FindQuery): boolean {
  return (
    (ref === undefined || taskId(task.taskArn ?? '') === ref) &&
    (name === undefined || tags['berth-run'] === name) &&
    (tokenHash === undefined || tags['berth-token'] === tokenHash)
  )
}

function foundOf(
  task: Task,
  tags: OwnershipTags,
  definition: TaskDefinition | undefined,
  observation: Observation,
): Found {
  const ref = taskId(task.taskArn ?? '')
  const main = definition?.containerDefinitions?.find(({ name }) => name === MAIN)
  const ports = (main?.portMappings ?? []).flatMap(({ containerPort, protocol }) =>
    containerPort === undefined
      ? []
      : [
          {
            port: containerPort,
            protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
            publish: undefined,
          },
        ],
  )
  return {
    ref,
    tags,
    labels: readLabels(task),
    createdAt: task.createdAt ?? new Date(0),
    image: main?.image ?? task.containers?.find(({ name }) => name === MAIN)?.image,
    tcpPorts: ports.flatMap(({ port, protocol }) => (protocol === 'tcp' ? [port] : [])),
    priced: {
      // What is paid for is the task's, however its containers share it.
      containers: [
        {
          cpu: task.cpu === undefined ? undefined : Number(task.cpu) / 1_024,
          memoryInBytes: task.memory === undefined ? undefined : Number(task.memory) * MIB_IN_BYTES,
          ports,
        },
      ],
      spot: task.capacityProviderName === 'FARGATE_SPOT',
      architecture: definition?.runtimePlatform?.cpuArchitecture === 'ARM64' ? 'arm64' : 'amd64',
      expose: readExposure(task),
      region: undefined,
    },
    observation,
    complete: true,
    parts: [`task ${ref}`],
  }
}
