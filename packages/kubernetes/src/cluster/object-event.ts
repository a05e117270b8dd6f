import type { Metadata } from './metadata.ts'

/** Something that has happened to an object, as its reporter says. */
export interface ObjectEvent {
  readonly metadata: Metadata
  readonly involvedObject?: { readonly uid?: string; readonly fieldPath?: string }
  readonly reason?: string
  readonly message?: string
  readonly type?: string
  readonly count?: number
  readonly firstTimestamp?: string | null
  readonly lastTimestamp?: string | null
  /** To the microsecond, where the reporter is a modern one. */
  readonly eventTime?: string | null
  readonly source?: { readonly component?: string }
  readonly reportingComponent?: string
}
