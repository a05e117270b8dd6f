import { ArmError } from './arm-error.ts'

/** What of an HTTP answer an error is read from. */
export interface FailedAnswer {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly text: string
}

interface ErrorBody {
  readonly code?: unknown
  readonly message?: unknown
  readonly details?: readonly ErrorBody[]
  readonly innererror?: ErrorBody
}

/** The error that an answer tells of. */
export function readArmError({ method, url, status, header, text }: FailedAnswer): ArmError {
  const body = parseBody(text)
  const code = textOf(body?.code)
  return new ArmError({
    method,
    path: pathOf(url),
    status,
    code,
    message:
      textOf(body?.message) ?? (text.trim().slice(0, 500) || `the answer was ${status} without a word`),
    details: reasons(body),
    retryAfterInMs: parseRetryAfter(header('retry-after')),
    requestId: header('x-ms-request-id') ?? header('x-ms-correlation-request-id'),
  })
}

/** Seconds, or a date. */
function parseRetryAfter(value: string | undefined, nowInMs = Date.now()): number | undefined {
  if (value === undefined) return undefined
  if (/^\d+$/.test(value.trim())) return Number(value) * 1_000
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowInMs)
}

export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url
}

/** ARM writes `{ error: { … } }`, and some of its front ends the inner object alone. */
function parseBody(text: string): ErrorBody | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    return 'error' in parsed && typeof parsed.error === 'object' && parsed.error !== null
      ? parsed.error
      : parsed
  } catch {
    return undefined
  }
}

function reasons(body: ErrorBody | undefined): string[] {
  const inner = [...(Array.isArray(body?.details) ? body.details : []), body?.innererror].filter(
    (each): each is ErrorBody => typeof each === 'object' && each !== null,
  )
  return inner.flatMap((each) => {
    const deeper = reasons(each)
    const own = [textOf(each.code), textOf(each.message)].filter((word) => word !== undefined).join(': ')
    return deeper.length > 0 ? deeper : own === '' ? [] : [own]
  })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
