import type { RateTable } from '@berth/core'

/** What a run costs: nothing that anybody bills. */
export const dockerRates: RateTable = {
  currency: 'USD',
  items: [],
  billedFrom: 'started',
  billedUntil: 'exited',
  source: 'your own machine: nobody bills it',
  date: '2026-11-23',
  excludes: ['the machine itself and its power'],
}
