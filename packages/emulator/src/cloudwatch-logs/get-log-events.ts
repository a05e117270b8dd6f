import type { AwsRequest } from '../aws/aws-operation.ts'
import { type EventToken, readToken, writeToken } from './event-token.ts'
import { fitPage } from './fit-page.ts'
import type { LogEvent } from './log-stream.ts'
import { requireStream } from './log-streams.ts'
import { invalidParameter } from './logs-errors.ts'
import type { LogsParts } from './logs-parts.ts'

interface GetLogEventsBody {
  readonly startTime?: number
  readonly endTime?: number
  readonly nextToken?: string
  readonly limit?: number
  readonly startFromHead?: boolean
}

/** A page of one stream, with the tokens for what comes after and before it. At its end a stream gives back the token that was sent. */
export function getLogEvents(request: AwsRequest, parts: LogsParts): object {
  const body = request.input<GetLogEventsBody>()
  const { startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken, limit = 10_000 } = body
  if (!(limit >= 1 && limit <= 10_000)) throw invalidParameter('The limit must be from 1 to 10000.')
  const all = requireStream(request, parts)
    .events()
    .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime)
  const token = nextToken === undefined ? firstToken(all, body.startFromHead) : readToken(nextToken)
  const isForward = token.direction === 'f'
  const rest = all.filter(({ index }) => (isForward ? index >= token.index : index < token.index))
  const isEmpty =
    parts.dialect.emptyPages && nextToken !== undefined && !token.hasBeenEmpty && rest.length > 0
  const events = isEmpty ? [] : fitPage(rest, { limit, from: isForward ? 'start' : 'end' })
  return { events: events.map(renderEvent), ...tokensOf(events, token, isEmpty) }
}

export function renderEvent({ timestamp, message, ingestionTime }: LogEvent): object {
  return { timestamp, message, ingestionTime }
}

function firstToken(all: readonly LogEvent[], startFromHead = false): EventToken {
  return startFromHead
    ? { direction: 'f', index: all[0]?.index ?? 0 }
    : { direction: 'b', index: (all.at(-1)?.index ?? -1) + 1 }
}

function tokensOf(events: readonly LogEvent[], token: EventToken, isEmpty: boolean): object {
  const [first] = events
  const last = events.at(-1)
  // A token that leads to nothing is given back as it came.
  const stay = (direction: EventToken['direction']): EventToken =>
    direction === token.direction && (isEmpty || token.hasBeenEmpty)
      ? { ...token, hasBeenEmpty: true }
      : { direction, index: token.index }
  return {
    nextForwardToken: writeToken(last ? { direction: 'f', index: last.index + 1 } : stay('f')),
    nextBackwardToken: writeToken(first ? { direction: 'b', index: first.index } : stay('b')),
  }
}
