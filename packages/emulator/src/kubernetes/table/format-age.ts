/** `5s`, `2m30s`, `3h`, `4d`: how long ago something was, as kubectl's tables tell it. */
export function formatAge(stamp: string | undefined | null, now: number): string {
  if (!stamp) return '<unknown>'
  const seconds = Math.max(0, Math.floor((now - Date.parse(stamp)) / 1_000))
  const [minutes, hours, days] = [60, 3_600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ]
  if (seconds < 120) return `${seconds}s`
  if (minutes < 10) return together(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  if (hours < 8) return together(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  if (days < 8) return together(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  return `${Math.floor(days / 365)}y`
}

function together(most: number, unit: string, least: number, smaller: string): string {
  return least === 0 ? `${most}${unit}` : `${most}${unit}${least}${smaller}`
}
