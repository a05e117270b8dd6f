/** What a run uses at one moment. */
export interface Metrics {
  readonly at: Date
  /** vCPUs in use, averaged over the cloud's own window. */
  readonly cpu: number
  readonly memoryInBytes: number
}
