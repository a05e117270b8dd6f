/** A refusal in ARM's shape: `{"error":{"code","message"}}`. */
export class ArmError extends Error {
  override readonly name = 'ArmError'
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }

  /** The same, with more headers. */
  with(headers: Readonly<Record<string, string>>): ArmError {
    return new ArmError(this.status, this.code, this.message, { ...headers, ...this.headers })
  }
}
