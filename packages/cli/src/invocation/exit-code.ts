/** What a script can tell from the exit: 130 (SIGINT), 143 (SIGTERM) and 129 (SIGHUP) come after cleaning up. */
export const EXIT_CODE = {
  done: 0,
  failed: 1,
  usage: 2,
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const

/** The signals that end a command in order. */
export type EndingSignal = 'SIGHUP' | 'SIGINT' | 'SIGTERM'
