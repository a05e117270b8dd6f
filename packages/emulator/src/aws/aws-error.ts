/** An error in AWS' own words; each protocol has a shape for it. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly status: number
  /** `ClusterNotFoundException`, `InvalidNetworkInterfaceID.NotFound`. */
  readonly code: string
  /** What its shape carries beside the message. */
  readonly fields: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.fields = fields
  }
}
