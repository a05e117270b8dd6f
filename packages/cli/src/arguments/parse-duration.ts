import { type Duration, durationInMs } from '@berth/core'
import { UsageError } from '../invocation/usage-error.ts'

/** A length of time with its unit: `90s`, `10m`. Throws UsageError. */
export function parseDuration(text: string, option: string): Duration {
  try {
    if (/^\d+$/.test(text))
      throw new RangeError(`${option}: '${text}' has no unit; write ${text}s for seconds`)
    durationInMs(text as Duration, option)
    return text as Duration
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
