import type { AwsRequest } from '../aws/aws-operation.ts'
import { paginate } from '../aws/paginate.ts'
import { requireGroup } from './log-groups.ts'
import type { LogStream } from './log-stream.ts'
import { alreadyExists, invalidParameter, notFound } from './logs-errors.ts'
import type { LogsParts } from './logs-parts.ts'

interface StreamBody {
  readonly logStreamName?: string
  readonly logStreamNamePrefix?: string
  readonly orderBy?: string
  readonly descending?: boolean
  readonly limit?: number
  readonly nextToken?: string
}

export function createLogStream(request: AwsRequest, parts: LogsParts): object {
  const { logStreamName = '' } = request.input<StreamBody>()
  const group = requireGroup(request, parts)
  if (!/^[^:*]{1,512}$/.test(logStreamName)) throw invalidParameter('The name of the log stream is invalid.')
  if (group.streams.has(logStreamName)) throw alreadyExists('stream')
  group.ensureStream(logStreamName)
  return {}
}

export function deleteLogStream(request: AwsRequest, parts: LogsParts): object {
  const { logStreamName = '' } = request.input<StreamBody>()
  if (!requireGroup(request, parts).streams.delete(logStreamName)) throw notFound('stream')
  return {}
}

export function describeLogStreams(request: AwsRequest, parts: LogsParts): object {
  const { logStreamNamePrefix = '', orderBy, descending, limit = 50, nextToken } = request.input<StreamBody>()
  if (orderBy === 'LastEventTime' && logStreamNamePrefix !== '')
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
  const orderOf = (stream: LogStream) =>
    orderBy === 'LastEventTime' ? String(lastEventAt(stream) ?? 0).padStart(16, '0') : ''
  const keyOf = (stream: LogStream) => `${orderOf(stream)} ${stream.name}`
  const streams = [...requireGroup(request, parts).streams.values()]
    .filter(({ name }) => name.startsWith(logStreamNamePrefix))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
  if (descending) streams.reverse()
  const page = paginate(streams, {
    pageSize: limit,
    token: nextToken,
    keyOf: (stream) => (descending ? String(streams.indexOf(stream)).padStart(8, '0') : keyOf(stream)),
    refuse: () => invalidParameter('The specified nextToken is invalid.'),
  })
  return { logStreams: page.items.map(renderStream), nextToken: page.nextToken }
}

export function requireStream(request: AwsRequest, parts: LogsParts): LogStream {
  const { logStreamName = '' } = request.input<StreamBody>()
  const stream = requireGroup(request, parts).streams.get(logStreamName)
  if (!stream) throw notFound('stream')
  return stream
}

function lastEventAt(stream: LogStream): number | undefined {
  return stream.events().at(-1)?.timestamp
}

function renderStream(stream: LogStream): object {
  const events = stream.events()
  const [first] = events
  const last = events.at(-1)
  return {
    logStreamName: stream.name,
    arn: stream.arn,
    creationTime: Math.floor(stream.createdAt),
    ...(first &&
      last && {
        firstEventTimestamp: first.timestamp,
        lastEventTimestamp: last.timestamp,
        lastIngestionTime: last.ingestionTime,
      }),
    storedBytes: 0,
  }
}
