/** `796ms`, `1.594s`, `1m2.5s`: a duration in Go's words, cut to the millisecond as nodes cut it. */
export function formatDuration(inMs: number): string {
  const whole = Math.floor(inMs)
  if (whole < 1_000) return `${whole}ms`
  const minutes = Math.floor(whole / 60_000)
  const seconds = (whole % 60_000) / 1_000
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`
}
