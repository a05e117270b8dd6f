import { isSecret, isSecretRef } from '../secrets/secret.ts'

const LONGEST = 60

/** A value as a message shows it: short, and never what a secret or an object holds. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') {
    const short = value.length > LONGEST ? `${value.slice(0, LONGEST).toWellFormed()}…` : value
    // What would move a terminal's cursor or break the line is spelled out.
    return `'${short.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))}'`
  }
  if (isSecret(value)) return 'a secret'
  if (isSecretRef(value)) return 'a secretRef'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'bigint') return `${value}n`
  return String(value)
}

/** Values as a list: `'never', 'always'`. */
export function showList(values: readonly unknown[]): string {
  return values.length === 0 ? 'nothing' : values.map(showValue).join(', ')
}
