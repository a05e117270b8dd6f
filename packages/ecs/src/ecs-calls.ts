import { type CallContext, hearAnswers } from '@berth/core'
import { toAwsError } from './aws/aws-error.ts'
import type { Aws } from './aws/connect-aws.ts'
import type { EcsAccount } from './ecs-account.ts'
import type { EcsLimit } from './ecs-pacing.ts'
import { FRONT_END } from './ecs-stamps.ts'

/** What a service answered, and when, on this process' monotonic clock. */
export interface Answered<T> {
  readonly output: T
  readonly sentAt: number
  readonly receivedAt: number
}

/** What the SDK's operations take besides their input. */
export interface WireOptions {
  readonly abortSignal?: AbortSignal
}

export interface CallOptions {
  /** What must not be cut short by the signal: a request that makes something. */
  readonly uncut?: boolean
}

type Service = Exclude<keyof Aws, 'close'>
type ClientOf<S extends Service> = Awaited<ReturnType<Aws[S]>>

/**
 * One operation of one service, at the pace of its kind. Throws AwsError, the signal's reason, or what is no failure of the service's.
 *
 * @param operation its name, for messages: `RunTask`
 */
export async function callAws<S extends Service, T>(
  account: EcsAccount,
  context: CallContext,
  service: S,
  operation: string,
  limits: EcsLimit | readonly EcsLimit[],
  work: (client: ClientOf<S>, options: WireOptions) => Promise<T>,
  { uncut = false }: CallOptions = {},
): Promise<Answered<T>> {
  const client = (await account.aws[service]()) as ClientOf<S>
  for (const limit of [limits].flat()) await context.pace(limit)
  context.signal.throwIfAborted()
  // Each service has front ends of its own; those of ECS stamp its tasks.
  const machine = service === 'ecs' ? FRONT_END : undefined
  const startedAt = performance.now()
  try {
    const { output, last } = await hearAnswers(context, machine, () =>
      work(client, uncut ? {} : { abortSignal: context.signal }),
    )
    return { output, sentAt: last?.sentAt ?? startedAt, receivedAt: last?.receivedAt ?? performance.now() }
  } catch (error) {
    if (!uncut) context.signal.throwIfAborted()
    throw toAwsError(error, operation)
  }
}

/** One of ECS' own. */
export async function callEcs<T>(
  account: EcsAccount,
  context: CallContext,
  operation: string,
  limits: EcsLimit | readonly EcsLimit[],
  work: (ecs: ClientOf<'ecs'>, options: WireOptions) => Promise<T>,
  options: CallOptions = {},
): Promise<Answered<T>> {
  return await callAws(account, context, 'ecs', operation, limits, work, options)
}
