import type { RegionMap } from '../aws/region-map.ts'
import type { LogStore } from './log-store.ts'
import type { LogsDialect } from './logs-dialect.ts'

/** What the operations of the service share. */
export interface LogsParts {
  readonly stores: RegionMap<LogStore>
  readonly dialect: LogsDialect
}
