import { toSecond } from '../cluster-time.ts'
import type { Condition } from '../objects/pod.ts'

/** What holds of a Pod; each condition is stamped when it turns. */
export class PodConditions {
  #conditions: readonly Condition[]

  constructor(conditions: readonly Condition[] = []) {
    this.#conditions = conditions
  }

  all(): readonly Condition[] {
    return this.#conditions
  }

  /** Takes the place of all that a node tells, in the order given; what others have told stays after it. `now` is the node's clock. */
  set(
    told: readonly {
      readonly type: string
      readonly holds: boolean
      readonly reason?: string | undefined
      readonly message?: string | undefined
    }[],
    now: number,
  ): void {
    const next = told.map(({ type, holds, reason, message }): Condition => {
      const status = holds ? 'True' : 'False'
      const before = this.#conditions.find((condition) => condition.type === type)
      const hasTurned = before?.status !== status
      return {
        type,
        status,
        lastProbeTime: null,
        lastTransitionTime: hasTurned ? toSecond(now) : (before?.lastTransitionTime ?? toSecond(now)),
        ...(reason !== undefined && { reason }),
        ...(message !== undefined && { message }),
      }
    })
    const others = this.#conditions.filter(({ type }) => !told.some((one) => one.type === type))
    this.#conditions = [...next, ...others]
  }
}
