/**
 * What ACI is not known to do one way or the other, or has done differently over the years. A client should get along with every value of each. All
 * durations are emulated ones.
 */
export interface AciDialect {
  /**
   * When an answer first shows the group's address. `accepted`: the creating call's own (2019). `succeeded` (default): with provisioningState
   * Succeeded (2021, 2023). Or so long after that, and until then null, 0.0.0.0, or absent.
   */
  readonly address:
    | 'accepted'
    | 'succeeded'
    | { readonly afterSucceededInMs: number; readonly until: 'null' | '0.0.0.0' | 'absent' }
  /** `empty`: containers' events are never shown, though they run; `absent`: not even that there are none (2023). Default `complete`. */
  readonly events: 'complete' | 'empty' | 'absent'
  /** Whether there are `Created` events, as until 2019. Default false, as since 2021. */
  readonly createdEvents: boolean
  /** Whether an event that happens again is told as one with a count, as was recorded. Default true. */
  readonly coalescedEvents: boolean
  /** How exact a container's startTime and finishTime are. Default `milliseconds`, as since 2021. */
  readonly containerTimes: 'seconds' | 'milliseconds'
  /** How long a deleted group can still be read; up to 90 s were reported. Default 0. */
  readonly deleteLingersInMs: number
  /** How long after its creation a group cannot be read yet. Default 0. */
  readonly readableAfterInMs: number
  /** Whether lists carry instance views. Default false, as was recorded. */
  readonly listInstanceView: boolean
  /** How late lists show a group, and how long they show one that is gone. Default 0. */
  readonly listStaleInMs: number
  /** What the same PUT again does to a group that runs. Default `keeps`. */
  readonly identicalPut: 'keeps' | 'restarts'
  /** The `Retry-After` of creating answers and of operations that go on. Default: none, as was recorded. */
  readonly retryAfterInSeconds: number | null
  /** `2025`: the states that later versions name are used too: Accepted, Updating, Deleting. Default `2018`. */
  readonly provisioningStates: '2018' | '2025'
  /** What PATCH does with the tags that it does not name: they go (`replaces`, the default) or stay. */
  readonly tagsByPatch: 'replaces' | 'adds'
  /** Whether restart policy Never still restarts on a nonzero exit, as was reported. Default false. */
  readonly neverRestartsOnFailure: boolean
  /** How exec takes its command. `whole` (default, as documented): the program's path, no arguments. `split`: parted at spaces. */
  readonly execCommand: 'whole' | 'split'
  /** When an image that cannot be had is found out: by the creating call (default), or by the machine that pulls it. */
  readonly imageCheck: 'at-once' | 'afterwards'
  /** Whether a failed operation has an `error`, beside its events. Default false. */
  readonly operationErrors: boolean
}

export const ACI_DIALECT: AciDialect = {
  address: 'succeeded',
  events: 'complete',
  createdEvents: false,
  coalescedEvents: true,
  containerTimes: 'milliseconds',
  deleteLingersInMs: 0,
  readableAfterInMs: 0,
  listInstanceView: false,
  listStaleInMs: 0,
  identicalPut: 'keeps',
  retryAfterInSeconds: null,
  provisioningStates: '2018',
  tagsByPatch: 'replaces',
  neverRestartsOnFailure: false,
  execCommand: 'whole',
  imageCheck: 'at-once',
  operationErrors: false,
}
