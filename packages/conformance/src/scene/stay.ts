/** The end of a script that stays until asked to go by SIGTERM, which it obeys at once. */
export const STAY = "trap 'exit 0' TERM; sleep 600 & wait"
/** Stays, and hears no SIGTERM: only a kill ends it. */
export const STAY_DEAF = "trap '' TERM; while :; do sleep 0.2; done"
