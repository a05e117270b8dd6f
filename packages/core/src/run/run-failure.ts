import { withDeadline } from '../call/deadline.ts'
import type { LogLine } from '../contract/log.ts'
import { BerthError } from '../errors/berth-error.ts'
import { MAIN, type RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'

/** A container that ended this often without ever being ready will not become so. */
const HOPELESS_RESTARTS = 5
const EVIDENCE_LINES = 50
const EVIDENCE_EVENTS = 20

/**
 * Why a run can no longer become ready although it has not ended: the cloud has given up, or it ends again and again; undefined while
 * it still can. That it has ended is for the probe to judge: one may be waiting for just that.
 */
export function hopeless(record: RunRecord): BerthError | undefined {
  if (record.failure) return record.failure
  const restarts = record.main?.restartCount ?? 0
  if (restarts < HOPELESS_RESTARTS || record.detectedAt !== undefined) return undefined
  const { provider, name, image } = record.facts
  const { exitCode, signal } = record.main?.termination ?? record.main?.lastTermination ?? {}
  const end = signal ? `ended by ${signal}` : `exit code ${exitCode ?? 'unknown'}`
  return new BerthError({
    code: 'exited',
    message: `${provider}: ${name} (${image}) ended ${restarts} times before it was ready, last with ${end}; see its last output in the error's evidence`,
    evidence: { exitCode, signal },
  })
}

/** The error with what the cloud still tells: the last events, the last lines of the log, the last probe. */
export async function withEvidence(
  error: BerthError,
  record: RunRecord,
  services: RunServices,
  probe?: string,
): Promise<BerthError> {
  return error.with({
    provider: record.facts.provider,
    evidence: {
      events: record.events.slice(-EVIDENCE_EVENTS),
      logs: record.phase === 'gone' ? [] : await lastLines(record, services),
      probe,
      exitCode: record.main?.termination?.exitCode,
      signal: record.main?.termination?.signal,
    },
  })
}

/** Evidence must not delay an error for long, nor hide it behind another. */
async function lastLines(record: RunRecord, services: RunServices): Promise<LogLine[]> {
  const { adapter, caller } = services
  const lines: LogLine[] = []
  if (adapter.logs === undefined) return lines
  const read = adapter.logs.bind(adapter)
  try {
    await withDeadline(
      { timeout: 3_000 },
      () => 'the log took too long',
      async (signal) => {
        // Where the main one never ran, what runs before it may tell why.
        const container = record.startedAt === undefined ? '*' : MAIN
        const query = { tail: EVIDENCE_LINES, container }
        for await (const line of read(record.facts.ref, query, caller.context(signal))) {
          lines.push(line)
        }
      },
    )
  } catch {
    // What could be read until then is evidence all the same.
  }
  return lines
}
