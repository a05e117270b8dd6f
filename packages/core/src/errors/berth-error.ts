import type { LogLine } from '../contract/log.ts'
import type { CloudEvent } from '../contract/observation.ts'
import { redact } from '../secrets/redact.ts'
import { redactCause } from '../secrets/redact-cause.ts'
import { redactEvidence } from './redact-evidence.ts'

/** What went wrong, in one of the words that programs can act on. */
export type BerthErrorCode =
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'conflict'
  | 'capacity'
  | 'quota'
  | 'rate-limited'
  | 'unsupported'
  | 'invalid-spec'
  | 'image-pull'
  | 'start-failed'
  | 'exited'
  | 'timeout'
  | 'unavailable'
  | 'internal'

/** What was known when it went wrong, gathered before anything was deleted. */
export interface ErrorEvidence {
  readonly events?: readonly CloudEvent[] | undefined
  readonly logs?: readonly LogLine[] | undefined
  /** The last probe's outcome in words: `GET http://127.0.0.1:32768/ answered 503`. */
  readonly probe?: string | undefined
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
  /** What may still be there, by the name to remove it by; empty when all is confirmed gone. */
  readonly left?: readonly string[] | undefined
}

/** One try to place a run somewhere. */
export interface Attempt {
  readonly provider: string
  readonly place?: string | undefined
  readonly startedAt: Date
  readonly endedAt?: Date | undefined
  readonly error?: BerthError | undefined
}

export interface BerthErrorOptions {
  readonly code: BerthErrorCode
  /** What failed, on what, and what to do. Redacted. */
  readonly message: string
  /** Whether the same call can succeed later unchanged. Default: true for capacity, rate-limited and unavailable. */
  readonly retryable?: boolean | undefined
  /** How long the other side asked us to wait. */
  readonly retryAfterInMs?: number | undefined
  /** The configured provider's name; core fills it in. */
  readonly provider?: string | undefined
  /** The verb that failed: `create`, `poll`; core fills it in. */
  readonly operation?: string | undefined
  /** The cloud's id of the request, for its support. */
  readonly requestId?: string | undefined
  readonly cause?: unknown
  /** Redacted. */
  readonly evidence?: ErrorEvidence | undefined
  readonly attempts?: readonly Attempt[] | undefined
  /**
   * Whether the request may have taken effect although it failed: a lost answer. After a create core then looks, by token, for what
   * may have been made. Default false.
   */
  readonly outcomeUnknown?: boolean | undefined
}

const MARKER = Symbol.for('berth.error')
const RETRYABLE: ReadonlySet<BerthErrorCode> = new Set(['capacity', 'rate-limited', 'unavailable'])

/**
 * The one error of Berth. Tell it by `BerthError.isInstance(error)`, not by `instanceof`: two copies of this package in one
 * installation have two classes.
 */
export class BerthError extends Error {
  readonly code: BerthErrorCode
  readonly retryable: boolean
  readonly retryAfterInMs: number | undefined
  readonly provider: string | undefined
  readonly operation: string | undefined
  readonly requestId: string | undefined
  readonly evidence: ErrorEvidence
  readonly attempts: readonly Attempt[]
  readonly outcomeUnknown: boolean
  readonly [MARKER] = true

  constructor(options: BerthErrorOptions) {
    super(
      redact(options.message),
      options.cause === undefined ? undefined : { cause: redactCause(options.cause) },
    )
    this.name = 'BerthError'
    this.code = options.code
    this.retryable = options.retryable ?? RETRYABLE.has(options.code)
    this.retryAfterInMs = options.retryAfterInMs
    this.provider = options.provider
    this.operation = options.operation
    this.requestId = options.requestId
    this.evidence = redactEvidence(options.evidence ?? {})
    this.attempts = options.attempts ?? []
    this.outcomeUnknown = options.outcomeUnknown ?? false
  }

  /** Whether a value is a BerthError, of whichever copy of this package. */
  static isInstance(value: unknown): value is BerthError {
    return typeof value === 'object' && value !== null && MARKER in value
  }

  /** The same error with more known about it; what is already set stays. */
  with(more: Partial<Omit<BerthErrorOptions, 'code' | 'message'>>): BerthError {
    const error = new BerthError({
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      retryAfterInMs: this.retryAfterInMs,
      provider: this.provider ?? more.provider,
      operation: this.operation ?? more.operation,
      requestId: this.requestId ?? more.requestId,
      cause: this.cause ?? more.cause,
      evidence: { ...more.evidence, ...known(this.evidence) },
      attempts: this.attempts.length > 0 ? this.attempts : more.attempts,
      outcomeUnknown: this.outcomeUnknown,
    })
    if (this.stack !== undefined) error.stack = this.stack
    return error
  }

  toJSON(): Record<string, unknown> {
    return {
      code: this.code,
      message: this.message,
      retryable: this.retryable,
      provider: this.provider,
      operation: this.operation,
      requestId: this.requestId,
      evidence: {
        ...this.evidence,
        logs: this.evidence.logs?.map(({ container, stream, text }) => ({
          container,
          stream,
          text,
        })),
      },
      attempts: this.attempts,
    }
  }
}

/** Without what is explicitly undefined: that must not hide what is known elsewhere. */
function known(evidence: ErrorEvidence): ErrorEvidence {
  return Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined))
}
