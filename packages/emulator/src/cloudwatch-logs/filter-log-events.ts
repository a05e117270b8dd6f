import type { AwsRequest } from '../aws/aws-operation.ts'
import { paginate } from '../aws/paginate.ts'
import { fitPage } from './fit-page.ts'
import { renderEvent } from './get-log-events.ts'
import { requireGroup } from './log-groups.ts'
import type { LogEvent } from './log-stream.ts'
import { invalidParameter, notFound } from './logs-errors.ts'
import type { LogsParts } from './logs-parts.ts'

interface FilterBody {
  readonly logStreamNames?: readonly string[]
  readonly logStreamNamePrefix?: string
  readonly startTime?: number
  readonly endTime?: number
  readonly filterPattern?: string
  readonly nextToken?: string
  readonly limit?: number
}

interface NamedEvent extends LogEvent {
  readonly logStreamName: string
}

/** Events of several streams of a group, by time. */
export function filterLogEvents(request: AwsRequest, parts: LogsParts): object {
  const body = request.input<FilterBody>()
  const { logStreamNames, logStreamNamePrefix, startTime = 0, limit = 10_000, nextToken } = body
  const { filterPattern = '', endTime = Number.POSITIVE_INFINITY } = body
  if (logStreamNames && logStreamNamePrefix !== undefined)
    throw invalidParameter('logStreamNamePrefix and logStreamNames are mutually exclusive parameters.')
  const group = requireGroup(request, parts)
  if (logStreamNames?.some((name) => !group.streams.has(name))) throw notFound('stream')
  const fits = readPattern(filterPattern)
  const events = [...group.streams.values()]
    .filter(({ name }) => logStreamNames?.includes(name) ?? name.startsWith(logStreamNamePrefix ?? ''))
    .flatMap((stream) => stream.events().map((event) => ({ ...event, logStreamName: stream.name })))
    .filter(({ timestamp, message }) => timestamp >= startTime && timestamp < endTime && fits(message))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
  const page = paginate(events, {
    pageSize: limit,
    fit: (rest) => fitPage(rest, { limit, from: 'start' }),
    token: nextToken,
    keyOf,
    refuse: () => invalidParameter('The specified nextToken is invalid.'),
  })
  return {
    events: page.items.map((event) => ({
      logStreamName: event.logStreamName,
      ...renderEvent(event),
      eventId: eventId(event),
    })),
    searchedLogStreams: [],
    nextToken: page.nextToken,
  }
}

function keyOf({ timestamp, logStreamName, index }: NamedEvent): string {
  return `${String(timestamp).padStart(16, '0')} ${logStreamName} ${String(index).padStart(12, '0')}`
}

/** 56 digits that no two events share. */
function eventId({ timestamp, logStreamName, index }: NamedEvent): string {
  const stream = [...logStreamName].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1e9, 7)
  return `${String(timestamp).padStart(16, '0')}${String(stream).padStart(20, '0')}${String(index).padStart(20, '0')}`
}

/** Words that must all be there, in any order; quoted ones as they are. */
function readPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%?-]/.test(pattern))
    throw invalidParameter(
      'Invalid filter pattern: this emulator takes words that must all be there, and no other pattern.',
    )
  const words = [...pattern.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
  return (message) => words.every((word) => message.includes(word))
}
