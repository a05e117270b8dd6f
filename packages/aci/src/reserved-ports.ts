/** What the service keeps for itself, first and last of each range. */
const RESERVED: readonly (readonly [number, number])[] = [
  [22, 22],
  [1025, 1027],
  [3389, 3399],
  [9999, 9999],
  [19000, 19000],
  [19080, 19080],
  [19100, 19100],
  [19390, 19390],
  [20000, 30000],
  [49152, 65534],
]

export function isReservedPort(port: number): boolean {
  return RESERVED.some(([first, last]) => port >= first && port <= last)
}

/** The nearest port that can be had. */
export function nearestPort(port: number): number {
  for (let distance = 1; ; distance += 1) {
    for (const near of [port - distance, port + distance]) {
      if (near >= 1 && near <= 65535 && !isReservedPort(near)) return near
    }
  }
}

export function describeReserved(): string {
  return RESERVED.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ')
}
