/** Why a group that was accepted did not come up. */
export class ProvisioningFailure extends Error {
  override readonly name = 'ProvisioningFailure'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
