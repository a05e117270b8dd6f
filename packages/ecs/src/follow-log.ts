import { type CallContext, delay, type LogLine, type LogQuery } from '@berth/core'
import type { EcsAccount } from './ecs-account.ts'
import { askLogEnd } from './log-end.ts'
import { readLogPage, readTail } from './read-log.ts'

const SHORTEST_PAUSE_IN_MS = 500
const LONGEST_PAUSE_IN_MS = 3_000
const GROWTH = 1.4

/** A log as it grows, by asking for what is new again and again; ends when the container has ended for good and all that it said has come. */
export async function* followLog(
  account: EcsAccount,
  ref: string,
  container: string,
  { since, tail }: LogQuery,
  context: CallContext,
): AsyncGenerator<LogLine> {
  let from: string | undefined
  let left = tail
  let pauseInMs = SHORTEST_PAUSE_IN_MS
  for (;;) {
    // The state first: what is read after the end is all there is, once it has had the time to come.
    const end = await askLogEnd(account, ref, container, context)
    const firstFrom = from
    for (;;) {
      const page = await readLogPage(account, ref, container, { from, since }, context)
      if (left !== undefined && page.exists) {
        // Only now it is known where the log ends.
        const last = await readTail(account, ref, container, { since, tail: left }, context)
        const rest = await skipToEnd(account, ref, container, { from: page.next, since }, context)
        yield* last
        from = rest
        left = undefined
        break
      }
      yield* page.lines
      if (page.next === undefined || page.next === from) break
      from = page.next
    }
    if (end === 'complete') return
    const hasNews = from !== firstFrom
    pauseInMs =
      hasNews || end === 'settling' ? SHORTEST_PAUSE_IN_MS : Math.min(LONGEST_PAUSE_IN_MS, pauseInMs * GROWTH)
    await delay(pauseInMs, context.signal)
  }
}

/** The token after the last line that there is now. */
async function skipToEnd(
  account: EcsAccount,
  ref: string,
  container: string,
  { from, since }: { readonly from: string | undefined; readonly since: Date | undefined },
  context: CallContext,
): Promise<string | undefined> {
  let token = from
  for (;;) {
    const { next } = await readLogPage(account, ref, container, { from: token, since }, context)
    if (next === undefined || next === token) return token
    token = next
  }
}
