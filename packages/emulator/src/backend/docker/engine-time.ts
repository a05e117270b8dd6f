/** An engine's time, RFC 3339 with nanoseconds, as milliseconds with fractions; undefined where there is none, or it means never. */
export function parseEngineTime(text: string | undefined): number | undefined {
  if (text === undefined || text.startsWith('0001-')) return undefined
  const [seconds, fraction] = split(text)
  return seconds * 1000 + Number(`0.${fraction}`) * 1000
}

/** The same as the engine takes it: Unix seconds with nine decimals, which a number could not hold. */
export function toUnixSeconds(text: string): string {
  const [seconds, fraction] = split(text)
  return `${seconds}.${fraction.padEnd(9, '0')}`
}

function split(text: string): [seconds: number, fraction: string] {
  return [Date.parse(text.replace(/\.\d+/, '')) / 1000, /\.(\d+)/.exec(text)?.[1] ?? '0']
}
