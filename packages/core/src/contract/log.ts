/** One line of a container's output. */
export interface LogLine {
  readonly container: string
  readonly stream: 'stdout' | 'stderr'
  /** When the cloud took the line, where it says so. */
  readonly time?: Date | undefined
  /** The line without its `\n`, as UTF-8; a broken sequence shows as U+FFFD. */
  readonly text: string
  /** The line's bytes, without its `\n`: exact where the capability `logs.bytes` says so. */
  readonly bytes: Uint8Array
}

/** What part of a log is wanted. */
export interface LogQuery {
  /** Goes on until the container has ended for good. Default false: what there is now. */
  readonly follow?: boolean | undefined
  /** Only lines at or after this time. */
  readonly since?: Date | undefined
  /** Only the last so many lines of what there is. */
  readonly tail?: number | undefined
  /** Stops after so many lines. */
  readonly limit?: number | undefined
  /** Default: the main container; `'*'`: all, merged as they come. */
  readonly container?: string | undefined
  /** The instance before the last restart. */
  readonly previous?: boolean | undefined
}
