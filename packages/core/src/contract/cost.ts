/** What one unit costs. */
export interface RateItem {
  /** What is paid for: `vCPU`, `memory`, `public IPv4`, `cluster`. */
  readonly what: string
  /** How many units this run takes: 2 (vCPU), 4 (GB). */
  readonly quantity: number
  readonly unit: string
  /** Price of one unit for one hour. */
  readonly pricePerHour: number
}

/** What a run costs while it is billed, with where the prices come from. */
export interface RateTable {
  readonly currency: 'USD'
  readonly items: readonly RateItem[]
  /** From which mark to which the cloud bills. */
  readonly billedFrom: 'accepted' | 'pull-started' | 'started'
  readonly billedUntil: 'exited' | 'stopped' | 'removed'
  /** The least that is billed, in seconds. Default 0. */
  readonly minimumSeconds?: number | undefined
  /** The page, command or document that says so. */
  readonly source: string
  /** The day on which the price was read there, YYYY-MM-DD. */
  readonly date: string
  /** What is not in it: egress, disk, a cluster's fee. */
  readonly excludes?: readonly string[] | undefined
}

/** What a run has cost so far, as far as its own rate table and timeline tell. */
export interface Cost {
  readonly currency: 'USD'
  readonly amount: number
  /** By the bounds of the marks between which the cloud bills. */
  readonly atLeast: number
  readonly atMost: number
  readonly perHour: number
  readonly billedSeconds: number
  /** Whether it still rises. */
  readonly running: boolean
  readonly rates: RateTable
}
