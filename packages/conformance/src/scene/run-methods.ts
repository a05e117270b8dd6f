import type { RunFeature } from '@berth/core'

/** Which methods of a run each capability brings. */
export const RUN_METHODS: Readonly<Record<RunFeature, readonly string[]>> = {
  logs: ['logs'],
  exec: ['exec', 'openExec'],
  attach: ['attach'],
  portForward: ['portForward'],
  copy: ['copyIn', 'copyOut'],
  restartRun: ['restart'],
  metrics: ['metrics'],
}
