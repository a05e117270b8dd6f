/** `796ms`, `1.594s`, `1m2.5s`: a duration in Go's words. */
export function formatDuration(inMs: number): string {
  const rounded = Math.round(inMs)
  if (rounded < 1_000) return `${rounded}ms`
  const minutes = Math.floor(rounded / 60_000)
  const seconds = (rounded % 60_000) / 1_000
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`
}
