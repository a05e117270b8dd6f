import { isSecret, isSecretOrRef, type Secret, type SecretRef } from '../secrets/secret.ts'
import { builtinCrypto } from './builtin-crypto.ts'

/**
 * A value as the one text that all equal values share, whatever the order of their keys. Every piece begins with its kind and length, so that no
 * two different values read alike. Secrets do not stand in it but are added to `secrets`, in that order.
 */
export function writeCanonical(value: unknown, secrets: Secret[]): string {
  if (typeof value === 'string') return writeText(value)
  if (typeof value !== 'object' || value === null) {
    return `${typeof value}:${typeof value === 'function' ? '' : String(value)};`
  }
  if (Array.isArray(value)) return writeList(value, secrets)
  if (isSecretOrRef(value)) return writeSecret(value, secrets)
  if (value instanceof Uint8Array) return `b${value.byteLength}:${builtinCrypto().hash('sha256', value)}`
  if (value instanceof RegExp) return `regexp;${writeCanonical(String(value), secrets)}`
  if (value instanceof Map || value instanceof Set) return `m;${writeCanonical([...value], secrets)}`
  if ('toJSON' in value && typeof value.toJSON === 'function') return writeCanonical(value.toJSON(), secrets)
  return writeObject(value as Readonly<Record<string, unknown>>, secrets)
}

/** Half a surrogate pair, which UTF-8 would lose, is escaped by JSON. */
function writeText(text: string): string {
  if (text.isWellFormed()) return `s${text.length}:${text}`
  const escaped = JSON.stringify(text)
  return `e${escaped.length}:${escaped}`
}

function writeList(list: readonly unknown[], secrets: Secret[]): string {
  let text = `a${list.length}:`
  for (const item of list) text += writeCanonical(item, secrets)
  return text
}

function writeSecret(value: Secret | SecretRef, secrets: Secret[]): string {
  if (!isSecret(value)) return `ref;${writeCanonical(value.reference, secrets)}`
  secrets.push(value)
  return 'secret;'
}

function writeObject(value: Readonly<Record<string, unknown>>, secrets: Secret[]): string {
  let count = 0
  let text = ''
  for (const key of Object.keys(value).sort()) {
    const inner = value[key]
    if (inner === undefined) continue
    count += 1
    text += writeText(key) + writeCanonical(inner, secrets)
  }
  return `o${count}:${text}`
}
