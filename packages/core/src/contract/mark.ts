/**
 * The instants of a start, in the order in which they usually come, and those of an end.
 *
 * | mark | the instant at which … |
 * |---|---|
 * | requested | `run()` was called |
 * | accepted | the cloud took the order |
 * | scheduled | a place was found for it |
 * | pull-started, pull-ended | the image's download began, and the image was complete on its machine |
 * | created | the container existed |
 * | started | its first process ran |
 * | addressed | its address was known to the cloud |
 * | connected | the first connection to it was taken |
 * | ready | it answered as the readiness probe demands, for this client at this endpoint |
 * | exited | its process had ended |
 * | stopped | the cloud had stopped it (and stopped billing) |
 * | removed | the cloud confirmed that it is gone |
 */
export const MARKS = [
  'requested',
  'accepted',
  'scheduled',
  'pull-started',
  'pull-ended',
  'created',
  'started',
  'addressed',
  'connected',
  'ready',
  'exited',
  'stopped',
  'removed',
] as const

export type Mark = (typeof MARKS)[number]
