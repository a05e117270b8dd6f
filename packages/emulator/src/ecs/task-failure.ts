/** Why a task that was accepted does not come up: what is told as its stoppedReason, and as the reason of a container. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure'
  readonly detail: string

  constructor(reason: string, detail: string = reason) {
    super(reason)
    this.detail = detail
  }
}
