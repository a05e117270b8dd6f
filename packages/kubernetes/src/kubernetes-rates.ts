import type { RateTable } from '@berth/core'

/** What a run costs by itself: nothing. A cluster's nodes are paid for whether it runs on them or not. */
export const kubernetesRates: RateTable = {
  currency: 'USD',
  items: [],
  billedFrom: 'started',
  billedUntil: 'exited',
  source: 'your own cluster: its nodes are billed, not what runs on them',
  date: '2026-11-26',
  excludes: ['nodes', 'load balancers', "the cluster's fee"],
}
