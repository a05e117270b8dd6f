import { BerthError } from '@berth/core'
import { Interrupted } from '../invocation/interruption.ts'
import { UsageError } from '../invocation/usage-error.ts'
import type { StartError } from '../report/start-record.ts'

/** How much of the evidence is told; a report is no log file. */
const MOST_LINES = 20

/** An error as every `--json` answer shows it. */
export interface ErrorJson extends Omit<StartError, 'evidence'> {
  readonly provider?: string | undefined
  /** What an unknown or ambiguous word could have meant. */
  readonly candidates?: readonly string[] | undefined
  readonly evidence?: StartError['evidence'] | undefined
  /** Only with BERTH_DEBUG=1. */
  readonly stack?: string | undefined
}

/** An error as data. `code` is a `BerthErrorCode`, `usage` or `interrupted`. */
export function errorJson(error: unknown): ErrorJson {
  const stack = process.env.BERTH_DEBUG === '1' && error instanceof Error ? { stack: error.stack } : {}
  if (error instanceof UsageError) {
    const { message, candidates } = error
    return {
      code: 'usage',
      message,
      retryable: false,
      ...(candidates.length > 0 && { candidates }),
      ...stack,
    }
  }
  if (error instanceof Interrupted) return { code: 'interrupted', message: error.message, retryable: true }
  if (BerthError.isInstance(error)) return { ...startError(error), provider: error.provider, ...stack }
  return { ...startError(error), ...stack }
}

/** A failed start's error, as its record keeps it. */
export function startError(error: unknown): StartError {
  if (!BerthError.isInstance(error)) {
    const message = error instanceof Error ? error.message : String(error)
    return { code: 'internal', message, retryable: false, evidence: { events: [], logs: [] } }
  }
  const { events = [], logs = [], probe, exitCode, signal, left } = error.evidence
  return {
    code: error.code,
    message: error.message,
    retryable: error.retryable,
    operation: error.operation,
    requestId: error.requestId,
    evidence: {
      probe,
      exitCode,
      signal,
      left,
      events: events.slice(-MOST_LINES).map(({ severity, name, message, count }) => {
        return `${severity === 'warning' ? 'Warning ' : ''}${name}: ${message}${count > 1 ? ` (${count} times)` : ''}`
      }),
      logs: logs.slice(-MOST_LINES).map(({ text }) => text),
    },
  }
}
