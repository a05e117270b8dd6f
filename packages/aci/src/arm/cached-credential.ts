import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth'

/** A token is made anew so long before its end: a call must not travel with one that ends on the way. */
const EARLY_IN_MS = 2 * 60_000

/**
 * A credential that asks for a token once and not with every call: some make it by starting a program (`az`), which takes half a second. A
 * claim that the service asks for, and a token that it has refused, are always asked for anew.
 */
export class CachedCredential implements TokenCredential {
  readonly #credential: TokenCredential
  readonly #tokens = new Map<string, Promise<AccessToken | null>>()

  constructor(credential: TokenCredential) {
    this.#credential = credential
  }

  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken | null> {
    const key = [scopes].flat().join(' ')
    if (options.claims === undefined) {
      const cached = await this.#tokens.get(key)
      if (cached && cached.expiresOnTimestamp - Date.now() > EARLY_IN_MS) return cached
    }
    // One caller's abort must not fail the others that wait for the same token.
    const { abortSignal: _, ...shared } = options
    const asking = this.#credential.getToken(scopes, shared)
    this.#tokens.set(key, asking)
    asking.catch(() => {
      if (this.#tokens.get(key) === asking) this.#tokens.delete(key)
    })
    return await asking
  }

  /** The service has refused the token: the next call gets another. */
  forget(): void {
    this.#tokens.clear()
  }
}
