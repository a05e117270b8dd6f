import type { RateTable } from '@berth/core'

/** Nobody bills for this machine's own processes. */
export function processRates(): RateTable {
  return {
    currency: 'USD',
    items: [],
    billedFrom: 'started',
    billedUntil: 'exited',
    source: 'this machine: nobody bills for it',
    date: '2026-11-23',
  }
}
