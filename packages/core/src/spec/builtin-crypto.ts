let crypto: typeof import('node:crypto') | undefined

/** Node's cryptography, loaded on first use: most programs that import us have not started anything yet. */
export function builtinCrypto(): typeof import('node:crypto') {
  crypto ??= process.getBuiltinModule('node:crypto')
  return crypto
}
