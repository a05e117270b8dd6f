import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { StatusError } from '../status-error.ts'

/** Whom the cluster lets in. */
export interface Gate {
  /** The administrator's. */
  readonly token: string
  /** Whether another service has issued a token for this cluster. */
  readonly acceptsToken?: ((token: string) => boolean) | undefined
}

/** Lets a caller in by its bearer token. @throws StatusError */
export function authenticate(headers: IncomingHttpHeaders, { token, acceptsToken }: Gate): void {
  const [, given] = /^bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (given !== undefined && (isSame(given, token) || acceptsToken?.(given))) return
  throw new StatusError(401, 'Unauthorized', 'Unauthorized')
}

function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(left), hash(right))
}
