import { BerthError, type CallContext, type LogLine } from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callAws } from './ecs-calls.ts'
import { logStreamName } from './ecs-names.ts'
import { patiently } from './list-tasks.ts'

const MOST_EVENTS = 10_000

/** A part of a log, and where the next one begins. */
export interface LogPage {
  readonly lines: readonly LogLine[]
  readonly next: string | undefined
  /** Whether there is such a log at all. */
  readonly exists: boolean
}

export interface PageQuery {
  readonly from?: string | undefined
  readonly since?: Date | undefined
  /** The newest lines first to come: pages go backwards, lines within them do not. */
  readonly backwards?: boolean
  readonly limit?: number
}

/** One page of a container's log. The service gives the same token again at the end, and pages may be empty before. */
export async function readLogPage(
  account: EcsAccount,
  ref: string,
  container: string,
  { from, since, backwards = false, limit = MOST_EVENTS }: PageQuery,
  context: CallContext,
): Promise<LogPage> {
  try {
    const { output } = await patiently(
      () =>
        callAws(account, context, 'logs', 'GetLogEvents', 'logs', (logs, options) =>
          logs.getLogEvents(
            {
              logGroupName: account.place.logGroup,
              logStreamName: logStreamName(container, ref),
              startFromHead: !backwards,
              limit: Math.min(MOST_EVENTS, Math.max(1, limit)),
              ...(from !== undefined && { nextToken: from }),
              ...(since !== undefined && { startTime: since.getTime() }),
            },
            options,
          ),
        ),
      context,
    )
    const { events = [], nextForwardToken, nextBackwardToken } = output
    return {
      lines: events.map(({ message = '', timestamp }) => lineOf(container, message, timestamp)),
      next: backwards ? nextBackwardToken : nextForwardToken,
      exists: true,
    }
  } catch (error) {
    if (!AwsError.isInstance(error) || error.code !== 'ResourceNotFoundException') throw error
    if (/log group/i.test(error.message)) throw noGroup(account)
    return { lines: [], next: undefined, exists: false }
  }
}

/** All that there is of a log, oldest first, page by page. */
export async function* readLog(
  account: EcsAccount,
  ref: string,
  container: string,
  since: Date | undefined,
  context: CallContext,
): AsyncGenerator<LogLine> {
  let from: string | undefined
  for (;;) {
    const { lines, next } = await readLogPage(account, ref, container, { from, since }, context)
    yield* lines
    if (next === undefined || next === from) return
    from = next
  }
}

/** The last lines of a log, oldest first. */
export async function readTail(
  account: EcsAccount,
  ref: string,
  container: string,
  { since, tail }: { readonly since: Date | undefined; readonly tail: number },
  context: CallContext,
): Promise<readonly LogLine[]> {
  let found: readonly LogLine[] = []
  let from: string | undefined
  while (found.length < tail) {
    const query = { from, since, backwards: true, limit: tail - found.length }
    const { lines, next } = await readLogPage(account, ref, container, query, context)
    found = [...lines, ...found]
    if (next === undefined || next === from) break
    from = next
  }
  return tail === 0 ? [] : found.slice(-tail)
}

function lineOf(container: string, message: string, timestamp: number | undefined): LogLine {
  const text = message.replace(/\n$/, '')
  return {
    container,
    stream: 'stdout',
    text,
    bytes: Buffer.from(text),
    ...(timestamp !== undefined && { time: new Date(timestamp) }),
  }
}

function noGroup({ place: { logGroup } }: EcsAccount): BerthError {
  return new BerthError({
    code: 'not-found',
    message: `there is no log group '${logGroup}': berth doctor ecs --fix makes it, or aws logs create-log-group --log-group-name ${logGroup}, or name another: BERTH_ECS_LOG_GROUP`,
  })
}
