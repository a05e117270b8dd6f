/** One thing that all runs of an account and place need. */
export interface SetupItem {
  /** `cluster default`, `security group berth`. */
  readonly name: string
  /** `there`: it was there already; `kept`: not ours, or still in use. */
  readonly outcome: 'made' | 'there' | 'removed' | 'kept'
  /** Where it is, what it is for, or why it was kept. */
  readonly detail: string
}

/** What a set-up made, or its removal took away. */
export interface SetupReport {
  readonly provider: string
  readonly dryRun: boolean
  readonly items: readonly SetupItem[]
}
