/** What CloudWatch Logs does differently from one time to the next. */
export interface LogsDialect {
  /** How long after it was written an event is told; an emulated duration. Default 0. */
  readonly ingestionDelayInMs: number
  /** Whether pages of GetLogEvents may be empty though more is to come, as is documented: every second one then is. Default false. */
  readonly emptyPages: boolean
}

export const LOGS_DIALECT: LogsDialect = { ingestionDelayInMs: 0, emptyPages: false }
