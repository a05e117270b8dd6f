import type { AwsOperation, AwsRequest } from '../aws/aws-operation.ts'
import type { AwsService } from '../aws/aws-service.ts'
import { AwsThrottle } from '../aws/aws-throttle.ts'
import { jsonProtocol } from '../aws/json-protocol.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  listTagsForResource,
  putRetentionPolicy,
  tagResource,
  untagResource,
} from './log-groups.ts'
import { createLogStream, deleteLogStream, describeLogStreams } from './log-streams.ts'
import { throttled } from './logs-errors.ts'
import { LOGS_LIMITS, type LogsLimits, limitOf } from './logs-limits.ts'
import type { LogsParts } from './logs-parts.ts'

export interface LogsServiceOptions extends LogsParts {
  readonly timeScale: number
  readonly limits?: Partial<LogsLimits> | undefined
}

/** CloudWatch Logs, as far as tasks write into it and clients read from it. */
export function logsService({ timeScale, limits, ...parts }: LogsServiceOptions): AwsService {
  const sizes = { ...LOGS_LIMITS, ...limits }
  const throttle = new AwsThrottle((operation) => limitOf(operation, sizes), timeScale)
  return {
    name: 'logs',
    protocol: jsonProtocol('Logs_20140328'),
    operations: operationsOf(parts),
    admits: (operation, region) => throttle.admits(operation, region),
    throttled,
  }
}

const HANDLERS: Readonly<Record<string, (request: AwsRequest, parts: LogsParts) => object>> = {
  CreateLogGroup: createLogGroup,
  DeleteLogGroup: deleteLogGroup,
  DescribeLogGroups: describeLogGroups,
  PutRetentionPolicy: putRetentionPolicy,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  CreateLogStream: createLogStream,
  DeleteLogStream: deleteLogStream,
  DescribeLogStreams: describeLogStreams,
  GetLogEvents: getLogEvents,
  FilterLogEvents: filterLogEvents,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
}

function operationsOf(parts: LogsParts): readonly AwsOperation[] {
  return Object.entries(HANDLERS).map(([name, handle]) => ({
    name,
    resourceName: (request) => request.input<{ readonly logGroupName?: string }>().logGroupName,
    handle: (request) => handle(request, parts),
  }))
}
