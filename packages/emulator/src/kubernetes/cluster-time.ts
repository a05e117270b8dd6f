/** `2026-11-26T12:00:00Z`: what objects are stamped with. */
export function toSecond(inMs: number): string {
  return `${new Date(inMs).toISOString().slice(0, 19)}Z`
}

/** `2026-11-26T12:00:00.123456Z`: what some events and leases are stamped with. */
export function toMicrosecond(inMs: number): string {
  return `${new Date(inMs).toISOString().slice(0, 19)}.${fraction(inMs, 6)}Z`
}

/** `2026-11-26T12:00:00.123456789Z`: what lines of logs are stamped with. */
export function toNanosecond(inMs: number): string {
  return `${new Date(inMs).toISOString().slice(0, 19)}.${fraction(inMs, 9)}Z`
}

/** Nanoseconds since the epoch, in the hexadecimal digits that events are named by. */
export function nanosecondsInHex(inMs: number): string {
  return (BigInt(Math.floor(inMs)) * 1_000_000n + BigInt(Math.floor((inMs % 1) * 1e6))).toString(16)
}

function fraction(inMs: number, digits: number): string {
  const part = (inMs / 1_000) % 1
  return String(Math.floor(part * 10 ** digits)).padStart(digits, '0')
}
