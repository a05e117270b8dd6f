let correctionInMs = 0

/**
 * The time now in whole microseconds since 1970. It runs on the monotonic clock, whose resolution Date.now() lacks, and
 * is set right again whenever the two are more than a millisecond apart (a suspended machine, a stepped clock, the
 * slow drift of a supervisor that lives for days).
 */
export function nowInUs(): number {
  const monotonic = performance.timeOrigin + performance.now()
  const wall = Date.now()
  const ahead = wall - (monotonic + correctionInMs)
  // Date.now() is cut to whole milliseconds, so in step means between -1 and 0.
  if (ahead > 1 || ahead < -2) correctionInMs = wall + 0.5 - monotonic
  return Math.round((monotonic + correctionInMs) * 1000)
}
