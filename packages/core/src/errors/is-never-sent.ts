const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Whether a request that was broken off with this code of the system's never reached the service: it cannot have taken effect. */
export function isNeverSent(code: string | undefined): boolean {
  return NEVER_SENT.has(code ?? '')
}
