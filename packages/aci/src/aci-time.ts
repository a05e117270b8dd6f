/** A time as the service writes it: `2019-10-21T11:42:57.2369151Z`, or in whole seconds. */
export interface ServiceTime {
  readonly inMicros: number
  /** One second where no fraction was written. */
  readonly resolutionInMicros: number
}

const SECOND = 1_000_000

/** Undefined for what is no time, and for the year 1, which stands for none. */
export function parseServiceTime(text: string | undefined): ServiceTime | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/.exec(text ?? '')
  if (match === null) return undefined
  const [, seconds = '', fraction, zone = 'Z'] = match
  const wholeInMs = Date.parse(`${seconds}${zone}`)
  if (Number.isNaN(wholeInMs) || wholeInMs <= 0) return undefined
  const digits = (fraction ?? '').slice(0, 6)
  return {
    inMicros: wholeInMs * 1_000 + Number(digits.padEnd(6, '0')),
    resolutionInMicros: SECOND / 10 ** digits.length,
  }
}

export function dateOf(text: string | undefined): Date | undefined {
  const time = parseServiceTime(text)
  return time && new Date(Math.floor(time.inMicros / 1_000))
}
