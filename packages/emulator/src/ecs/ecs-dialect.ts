/**
 * What ECS is not known to do one way or the other, or does differently from one time to the next. A client should get along with every value of
 * each. All durations are emulated ones.
 */
export interface EcsDialect {
  /** How long a new task is MISSING to DescribeTasks; a second is usual, a minute was reported. Default 0. */
  readonly missingForInMs: number
  /** How late ListTasks shows a task, or that it is to stop. Default 0. */
  readonly listStaleInMs: number
  /** Whether what `failures[]` tells is final. Otherwise such a task starts all the same. Default true. */
  readonly failuresAreFinal: boolean
  /** From which state on a task tells its network interface. Default `pending`. */
  readonly interfaceShown: 'provisioning' | 'pending' | 'running'
  /** How long after an interface was made EC2 tells its public address. Default 0. */
  readonly addressAfterInMs: number
  /** What ACTIVATING is the state of: the pull and all that follows (default, as documented), what follows the pull, or nothing. */
  readonly activating: 'pulls' | 'after-pull' | 'absent'
  /** How long a register takes, in which another one of the same family is refused. Default 0. */
  readonly registeringInMs: number
  /** How long after a container's start the agent for ExecuteCommand runs in it. Default 0. */
  readonly execAgentAfterInMs: number
  /** Whether StopTask deletes the task's tags, as documented. Default true. */
  readonly stopDeletesTags: boolean
  /** How long a stopped task can still be described. Default 3 600 000. */
  readonly stoppedKeptInMs: number
  /** How it is said that RunTask is asked too often: plainly, or wrapped, as was reported. */
  readonly throttling: 'ThrottlingException' | 'InvalidParameterException'
}

export const ECS_DIALECT: EcsDialect = {
  missingForInMs: 0,
  listStaleInMs: 0,
  failuresAreFinal: true,
  interfaceShown: 'pending',
  addressAfterInMs: 0,
  activating: 'pulls',
  registeringInMs: 0,
  execAgentAfterInMs: 0,
  stopDeletesTags: true,
  stoppedKeptInMs: 3_600_000,
  throttling: 'ThrottlingException',
}
