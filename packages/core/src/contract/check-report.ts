/** One thing that must be right for a provider to work. */
export interface CheckItem {
  /** `engine`, `credentials`, `permission containerGroups/write`. */
  readonly name: string
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped'
  /** What was found: where the engine is, which account it is. */
  readonly detail: string
  /** The exact command, or the one step, that mends it. */
  readonly mend?: string | undefined
}

/** What is configured, reachable and permitted. */
export interface CheckReport {
  readonly provider: string
  readonly adapter: string
  readonly status: 'ok' | 'warning' | 'failed'
  readonly items: readonly CheckItem[]
}
