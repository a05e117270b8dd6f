import type { Hash } from 'node:crypto'
import { isSecret, isSecretRef, type Secret } from '../secrets/secret.ts'

/**
 * Feeds a value to a hash in the one form that all equal values share, whatever the order of their keys. Every piece begins with its kind and
 * length, so that no two different values read alike. Secrets are not fed but given back, in that order.
 */
export function writeCanonical(hash: Hash, value: unknown): readonly Secret[] {
  const secrets: Secret[] = []
  write(hash, value, secrets)
  return secrets
}

function write(hash: Hash, value: unknown, secrets: Secret[]): void {
  if (typeof value === 'string') {
    // JSON escapes half a surrogate pair, which UTF-8 would lose.
    const text = JSON.stringify(value)
    hash.update(`s${text.length}:${text}`)
  } else if (typeof value !== 'object' || value === null) {
    hash.update(`${typeof value}:${typeof value === 'function' ? '' : String(value)};`)
  } else if (isSecret(value)) {
    hash.update('secret;')
    secrets.push(value)
  } else if (isSecretRef(value)) {
    hash.update('ref;')
    write(hash, value.reference, secrets)
  } else if (value instanceof Uint8Array) {
    hash.update(`b${value.byteLength}:`).update(value)
  } else if (value instanceof RegExp) {
    hash.update('regexp;')
    write(hash, String(value), secrets)
  } else if (Array.isArray(value)) {
    hash.update(`a${value.length}:`)
    for (const item of value) write(hash, item, secrets)
  } else if (value instanceof Map || value instanceof Set) {
    hash.update('m;')
    write(hash, [...value], secrets)
  } else if ('toJSON' in value && typeof value.toJSON === 'function') {
    write(hash, value.toJSON(), secrets)
  } else {
    writeObject(hash, value, secrets)
  }
}

function writeObject(hash: Hash, value: object, secrets: Secret[]): void {
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  hash.update(`o${entries.length}:`)
  for (const [key, inner] of entries) {
    write(hash, key, secrets)
    write(hash, inner, secrets)
  }
}
