import type { Evidence } from '../contract/evidence.ts'
import type { Mark } from '../contract/mark.ts'

/** Throws RangeError where a time is not a finite number, or a sighting's two are the wrong way round. */
export function checkEvidence(evidence: Evidence): void {
  const { mark, source } = evidence
  if (evidence.kind === 'stamp') {
    const { timeInMicros, resolutionInMicros } = evidence
    if (!Number.isFinite(timeInMicros)) throw notFinite(mark, source, timeInMicros)
    if (!Number.isFinite(resolutionInMicros)) throw notFinite(mark, source, resolutionInMicros)
    return
  }
  const { earliest, latest } = evidence
  if (earliest !== undefined && !Number.isFinite(earliest)) throw notFinite(mark, source, earliest)
  if (latest !== undefined && !Number.isFinite(latest)) throw notFinite(mark, source, latest)
  if (earliest !== undefined && latest !== undefined && earliest > latest) {
    throw new RangeError(`${source}: ${mark} cannot lie between ${earliest} and the earlier ${latest}`)
  }
}

function notFinite(mark: Mark, source: string, time: number): RangeError {
  return new RangeError(`${source}: the time of ${mark} must be a finite number, not ${time}`)
}
