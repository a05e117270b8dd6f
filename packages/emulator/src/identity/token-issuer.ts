import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { MachineClock } from '../clock/machine-clock.ts'

export interface IssuedToken {
  readonly token: string
  /** Seconds since the epoch, on the front end's clock. */
  readonly expiresOn: number
  readonly resource: string
  readonly clientId: string
}

export type TokenCheck =
  | { readonly valid: true }
  | { readonly valid: false; readonly reason: 'invalid' }
  | { readonly valid: false; readonly reason: 'expired'; readonly expiredAt: Date; readonly now: Date }
  | { readonly valid: false; readonly reason: 'audience'; readonly audience: string }
  | { readonly valid: false; readonly reason: 'tenant'; readonly issuer: string }

interface Claims {
  readonly aud: string
  readonly exp: number
  readonly iss: string
  readonly tid: string
  readonly [name: string]: unknown
}

/**
 * One authority, whichever emulator of this process is asked, as the real one is one for all: the official identity client keeps a token for as long
 * as its process lives.
 */
const KEY = randomBytes(32)

/** Gives out tokens in the form of the real ones, and checks them. */
export class TokenIssuer {
  readonly #clock: MachineClock
  readonly #tenantId: string
  readonly #lifetimeInMs: number
  readonly #systemClientId = randomUUID()

  constructor(options: {
    readonly clock: MachineClock
    readonly tenantId: string
    readonly lifetimeInMs: number
  }) {
    this.#clock = options.clock
    this.#tenantId = options.tenantId
    this.#lifetimeInMs = options.lifetimeInMs
  }

  issue(resource: string, clientId: string = this.#systemClientId): IssuedToken {
    const now = this.#clock.read()
    const expiresOn = Math.floor((now + this.#lifetimeInMs) / 1_000)
    const claims: Claims = {
      aud: resource,
      iss: `https://sts.windows.net/${this.#tenantId}/`,
      iat: Math.floor(now / 1_000),
      nbf: Math.floor(now / 1_000),
      exp: expiresOn,
      tid: this.#tenantId,
      oid: clientId,
      sub: clientId,
      appid: clientId,
      idtyp: 'app',
      uti: randomUUID(),
      ver: '1.0',
    }
    const content = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`
    return { token: `${content}.${sign(content)}`, expiresOn, resource, clientId }
  }

  /** Whether a token is one of ours, for this audience, and still good. */
  check(token: string, isAudience: (audience: string) => boolean): TokenCheck {
    const dot = token.lastIndexOf('.')
    const content = token.slice(0, dot)
    if (dot < 0 || !equal(token.slice(dot + 1), sign(content))) return { valid: false, reason: 'invalid' }
    const claims = JSON.parse(Buffer.from(content.split('.')[1] ?? '', 'base64url').toString()) as Claims
    const now = this.#clock.read()
    if (now >= claims.exp * 1_000)
      return { valid: false, reason: 'expired', expiredAt: new Date(claims.exp * 1_000), now: new Date(now) }
    if (claims.tid !== this.#tenantId) return { valid: false, reason: 'tenant', issuer: claims.iss }
    if (!isAudience(claims.aud)) return { valid: false, reason: 'audience', audience: claims.aud }
    return { valid: true }
  }
}

function sign(content: string): string {
  return createHmac('sha256', KEY).update(content).digest('base64url')
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function equal(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
