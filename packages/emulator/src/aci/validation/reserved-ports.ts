/** What the service keeps for itself: single ports and, inclusive, ranges. */
const RESERVED: readonly (readonly [from: number, to: number])[] = [
  [22, 22],
  [1_025, 1_027],
  [3_389, 3_399],
  [9_999, 9_999],
  [19_000, 19_000],
  [19_080, 19_080],
  [19_100, 19_100],
  [19_390, 19_390],
  [20_000, 30_000],
  [49_152, 65_534],
]

export function isReservedPort(port: number): boolean {
  return RESERVED.some(([from, to]) => port >= from && port <= to)
}
