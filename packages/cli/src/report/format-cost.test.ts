import { expect, test } from 'vitest'
import { formatDollars } from './format-cost.ts'

test.each([
  [0, '$0'],
  [0.0000123, '$0.000012'],
  [0.000504, '$0.00050'],
  [0.047175, '$0.047'],
  [0.5, '$0.50'],
  [1.2, '$1.20'],
  [1234.567, '$1234.57'],
])('%d is shown as %s', (amount, shown) => {
  expect(formatDollars(amount)).toBe(shown)
})
