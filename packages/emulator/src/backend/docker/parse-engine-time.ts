/** An engine's time, RFC 3339 with nanoseconds, as milliseconds with fractions; undefined where there is none, or it means never. */
export function parseEngineTime(text: string | undefined): number | undefined {
  if (text === undefined || text.startsWith('0001-')) return undefined
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? ''
  return Date.parse(text.replace(/\.\d+/, '')) + Number(`0.${fraction || 0}`) * 1000
}
