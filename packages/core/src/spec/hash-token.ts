import { builtinCrypto } from './builtin-crypto.ts'

/** What the tag `berth-token` holds: 32 hexadecimal digits that do not tell the token. */
export function hashToken(token: string): string {
  return builtinCrypto().hash('sha256', token).slice(0, 32)
}
