import type { DesiredStatus, Task } from '@aws-sdk/client-ecs'
import { BerthError, type CallContext, delay, growingPauses } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { taskId } from './ecs-names.ts'
import { isAbsent, mapEcsError } from './map-ecs-error.ts'
import { sawTask } from './task-view.ts'

/** So many tasks one call may name. */
export const MOST_DESCRIBED = 100
const PATIENT_TRIES = 4
/** What was just started can be unknown for so long to those who answer questions. */
const KNOWN_WITHIN_MS = 60_000

/** What DescribeTasks told of some tasks. */
export interface Described {
  readonly tasks: readonly Task[]
  /** Those that it does not know: gone, or so new that it does not know them yet. */
  readonly missing: readonly string[]
  readonly receivedAt: number
}

/** The ids of the tasks that a start with this token has made and that are to run: the service finds no others by it. */
export async function findStartedBy(
  account: EcsAccount,
  startedBy: string,
  context: CallContext,
): Promise<readonly string[]> {
  return await listTasks(account, { startedBy }, context)
}

/** The ids of the tasks that are to run, or of those that are not to any more. */
export async function findByDesire(
  account: EcsAccount,
  desiredStatus: DesiredStatus,
  context: CallContext,
): Promise<readonly string[]> {
  return await listTasks(account, { desiredStatus }, context)
}

/** Many tasks as they are now, 100 a call, asked again where the answer fails to come: one lost answer must not make all the others vain. */
export async function describeTasks(
  account: EcsAccount,
  refs: readonly string[],
  context: CallContext,
): Promise<Described[]> {
  const batches = Array.from({ length: Math.ceil(refs.length / MOST_DESCRIBED) }, (_, index) =>
    refs.slice(index * MOST_DESCRIBED, (index + 1) * MOST_DESCRIBED),
  )
  return await Promise.all(
    batches.map((batch) => patiently(() => describeBatch(account, batch, context), context)),
  )
}

/** The same of tasks that an answer has named: those that others do not know yet are waited for. */
export async function describeListed(
  account: EcsAccount,
  refs: readonly string[],
  context: CallContext,
): Promise<Described[]> {
  const startedAt = performance.now()
  for (const pauseInMs of growingPauses(100, 2_000)) {
    const described = await describeTasks(account, refs, context)
    const isMissing = described.some(({ missing }) => missing.length > 0)
    if (!isMissing || performance.now() - startedAt > KNOWN_WITHIN_MS) return described
    await delay(pauseInMs, context.signal)
  }
  return []
}

/** At most 100 tasks, asked once. */
export async function describeBatch(
  account: EcsAccount,
  refs: readonly string[],
  context: CallContext,
): Promise<Described> {
  const { output, receivedAt } = await callEcs(account, context, 'DescribeTasks', 'reads', (ecs, options) =>
    ecs.describeTasks({ cluster: account.place.cluster, tasks: [...refs], include: ['TAGS'] }, options),
  )
  const tasks = output.tasks ?? []
  const known = new Set(tasks.map(({ taskArn = '' }) => taskId(taskArn)))
  for (const ref of known) sawTask(account.views, ref)
  return { tasks, missing: refs.filter((ref) => !known.has(ref)), receivedAt }
}

/** One task as it is now; null where the service does not know it. */
export async function describeTask(
  account: EcsAccount,
  ref: string,
  context: CallContext,
): Promise<{ readonly task: Task; readonly receivedAt: number } | null> {
  const [described] = await describeTasks(account, [ref], context)
  const task = described?.tasks[0]
  return task && described ? { task, receivedAt: described.receivedAt } : null
}

async function listTasks(
  account: EcsAccount,
  filter: { readonly startedBy?: string; readonly desiredStatus?: DesiredStatus },
  context: CallContext,
): Promise<readonly string[]> {
  const refs: string[] = []
  let nextToken: string | undefined
  do {
    const page = await patiently(
      () =>
        callEcs(account, context, 'ListTasks', 'reads', (ecs, options) =>
          ecs.listTasks(
            { cluster: account.place.cluster, ...filter, ...(nextToken && { nextToken }) },
            options,
          ),
        ),
      context,
    ).catch((error: unknown) => {
      // Where there is no cluster there are no tasks.
      if (AwsError.isInstance(error) && isAbsent(error)) return undefined
      throw error
    })
    refs.push(...(page?.output.taskArns ?? []).map(taskId))
    nextToken = page?.output.nextToken
  } while (nextToken)
  return refs
}

/** Asks again where a later answer may be another. */
export async function patiently<T>(ask: () => Promise<T>, { signal }: CallContext): Promise<T> {
  const pauses = growingPauses(200, 3_000, 2)
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      signal.throwIfAborted()
      const mapped = mapEcsError(error)
      if (tries >= PATIENT_TRIES || !BerthError.isInstance(mapped) || !mapped.retryable) throw error
      await delay(pauses.next().value, signal)
    }
  }
}
