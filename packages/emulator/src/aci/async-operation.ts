import { randomUUID } from 'node:crypto'

/** A creation or start that goes on after its answer. */
export interface AsyncOperation {
  readonly id: string
  /** Of the group that it is about. */
  readonly groupId: string
  readonly subscriptionId: string
  readonly location: string
  /** Milliseconds on the front end's clock. */
  readonly startedInMs: number
  status: 'Pending' | 'Succeeded' | 'Failed'
  /** What had happened to its group when it ended; what happens later is not told by it. */
  events: readonly object[]
  failure?: { readonly code: string; readonly message: string } | undefined
}

export function newOperation(
  group: { readonly id: string; readonly subscriptionId: string; readonly location: string },
  startedInMs: number,
): AsyncOperation {
  const { id: groupId, subscriptionId, location } = group
  return { id: randomUUID(), groupId, subscriptionId, location, startedInMs, status: 'Pending', events: [] }
}

/** `2019-10-21T11:42:57.2369151Z`: operations are told to a ten-millionth of a second. */
export function tenMillionths(atInMs: number): string {
  const whole = Math.floor(atInMs)
  const rest = Math.floor((atInMs - whole) * 10_000)
  return new Date(whole).toISOString().replace('Z', `${String(rest).padStart(4, '0')}Z`)
}
