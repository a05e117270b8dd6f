/** Dollars for people: `$0`, `$0.0000123`, `$1.20`. Small amounts keep two significant digits, for a start costs next to nothing. */
export function formatDollars(amount: number): string {
  if (amount === 0) return '$0'
  if (Math.abs(amount) >= 1) return `$${amount.toFixed(2)}`
  const decimals = Math.min(12, 1 - Math.floor(Math.log10(Math.abs(amount))))
  return `$${amount.toFixed(decimals)}`
}
