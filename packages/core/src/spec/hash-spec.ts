import { reveal, type Secret } from '../secrets/secret.ts'
import { builtinCrypto } from './builtin-crypto.ts'
import { writeCanonical } from './write-canonical.ts'

/** About 8 ms and 4 MiB on a slow core: unfelt once a start, and far too much to try passwords by the million. */
const STRETCHING = { N: 4_096, r: 8, p: 1 } as const

/**
 * What the tag `berth-spec` holds: 32 hexadecimal digits that stand for all that was asked for, the same in every process.
 *
 * Whoever may list runs sees this tag, so secrets enter it together, stretched, and salted with the token: neither can be guessed from it
 * one by one. Equal secrets under another token give another hash; hashes are compared only where the tokens are the same.
 */
export async function hashSpec(asked: unknown, token: string): Promise<string> {
  const secrets: Secret[] = []
  const text = `berth-spec-1;${writeCanonical(asked, secrets)}`
  const stretched = secrets.length === 0 ? '' : await stretch(secrets, token)
  return builtinCrypto()
    .hash('sha256', text + stretched)
    .slice(0, 32)
}

async function stretch(secrets: readonly Secret[], salt: string): Promise<string> {
  const texts = await Promise.all(secrets.map((secret) => reveal(secret)))
  return await new Promise((resolve, reject) => {
    builtinCrypto().scrypt(JSON.stringify(texts), salt, 32, STRETCHING, (error, key) => {
      if (error === null) resolve(key.toString('hex'))
      else reject(error)
    })
  })
}
