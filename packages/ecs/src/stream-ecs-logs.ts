import {
  BerthError,
  type CallContext,
  delay,
  type LogLine,
  type LogQuery,
  mergeAsTheyCome,
  mergeByTime,
} from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { MAIN } from './ecs-names.ts'
import { followLog } from './follow-log.ts'
import { containerNames, endOf, loggedTask, refuseUnknown } from './log-end.ts'
import { readLog, readTail } from './read-log.ts'

const LOOK_AGAIN_IN_MS = 250

/** The log of one container of a run, or of all: by time what there is, as they come what follows. */
export async function* streamEcsLogs(
  account: EcsAccount,
  ref: string,
  query: LogQuery,
  context: CallContext,
): AsyncGenerator<LogLine> {
  if (query.previous) {
    throw new BerthError({
      code: 'unsupported',
      message:
        'ecs starts no container again, so there is no log of an instance before; read it without previous',
    })
  }
  const { container = MAIN, follow, since, tail } = query
  const names = await namesOf(account, ref, container, follow === true, context)
  if (follow) {
    yield* mergeAsTheyCome(context.signal, (signal) =>
      names.map((name) => followLog(account, ref, name, query, { ...context, signal })),
    )
    return
  }
  if (tail !== undefined) {
    const tails = await Promise.all(
      names.map((name) => readTail(account, ref, name, { since, tail }, context)),
    )
    const merged = await Array.fromAsync(mergeByTime(tails.map(each)))
    yield* tail === 0 ? [] : merged.slice(-tail)
    return
  }
  yield* mergeByTime(names.map((name) => readLog(account, ref, name, since, context)))
}

/**
 * The containers whose logs are meant. Where they have just ended and nobody follows, their last words are waited for. Throws `not-found` for
 * what is not there.
 */
async function namesOf(
  account: EcsAccount,
  ref: string,
  container: string,
  follow: boolean,
  context: CallContext,
): Promise<readonly string[]> {
  for (;;) {
    const task = await loggedTask(account, ref, context)
    if (task === null) {
      if (!follow || container !== '*') return container === '*' ? [] : [container]
      await delay(LOOK_AGAIN_IN_MS, context.signal)
      continue
    }
    if (container !== '*') refuseUnknown(task, ref, container)
    const names = container === '*' ? containerNames(task) : [container]
    if (follow || names.every((name) => endOf(account, task, ref, name) !== 'settling')) return names
    await delay(LOOK_AGAIN_IN_MS, context.signal)
  }
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}
