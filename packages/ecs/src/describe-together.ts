import { BerthError, type CallContext, delay } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { taskId } from './ecs-names.ts'
import { type Described, describeBatch, MOST_DESCRIBED } from './list-tasks.ts'

/** Questions that come within so long of one that was asked are asked together. */
const TOGETHER_WITHIN_MS = 250

/** A question that others may join until it is asked. */
export interface Gathering {
  readonly refs: Set<string>
  readonly answer: Promise<Described>
}

/** Some tasks as they are now. A single run waits for nobody; of a crowd in which each has its own moment, one call asks for those that are near. */
export async function describeTogether(
  account: EcsAccount,
  refs: readonly string[],
  context: CallContext,
): Promise<Described> {
  const waitInMs = account.describedAt + TOGETHER_WITHIN_MS - performance.now()
  if (waitInMs <= 0 || refs.length === MOST_DESCRIBED) {
    account.describedAt = performance.now()
    return await describeBatch(account, refs, context)
  }
  const gathering = joined(account, refs) ?? begun(account, refs, waitInMs, context)
  try {
    return only(refs, await gathering.answer)
  } catch (error) {
    context.signal.throwIfAborted()
    if (AwsError.isInstance(error) || BerthError.isInstance(error)) throw error
    // Whoever began it has left.
    return await describeBatch(account, refs, context)
  }
}

function joined({ gathering }: EcsAccount, refs: readonly string[]): Gathering | undefined {
  if (gathering === undefined || gathering.refs.size + refs.length > MOST_DESCRIBED) return undefined
  for (const ref of refs) gathering.refs.add(ref)
  return gathering
}

function begun(
  account: EcsAccount,
  refs: readonly string[],
  waitInMs: number,
  context: CallContext,
): Gathering {
  const asked = new Set(refs)
  const gathering: Gathering = { refs: asked, answer: ask() }
  account.gathering = gathering
  return gathering

  async function ask(): Promise<Described> {
    await delay(waitInMs, context.signal).finally(() => {
      if (account.gathering === gathering) account.gathering = undefined
    })
    account.describedAt = performance.now()
    return await describeBatch(account, [...asked], context)
  }
}

function only(refs: readonly string[], { tasks, missing, receivedAt }: Described): Described {
  const wanted = new Set(refs)
  return {
    tasks: tasks.filter(({ taskArn = '' }) => wanted.has(taskId(taskArn))),
    missing: missing.filter((ref) => wanted.has(ref)),
    receivedAt,
  }
}
