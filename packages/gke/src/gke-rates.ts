import type { PricedPlan, RateTable } from '@berth/core'
import { computeClass, GENERAL_PURPOSE } from './autopilot/compute-class.ts'
import { askedShape, fitShape } from './autopilot/pod-shape.ts'
import type { GkeCluster } from './gke-cluster.ts'

/** What a region charges for an hour, as its price list said on a day. */
interface RegionRates {
  readonly vCpu: number
  readonly memory: number
  readonly date: string
}

const USUAL = 'us-central1'
const OF_SPOT = 'asia-southeast1'

/** Autopilot, general purpose, on demand, US dollars. */
const RATES: Readonly<Record<string, RegionRates>> = {
  'us-central1': { vCpu: 0.0445, memory: 0.0049225, date: '2026-11-26' },
  'asia-southeast1': { vCpu: 0.0549, memory: 0.0060729, date: '2026-11-26' },
}
/** Of spare capacity, whose price varies. */
const SPOT: RegionRates = { vCpu: 0.0165, memory: 0.0018219, date: '2026-11-26' }

const PRICE_LIST = "Google's price list of GKE Autopilot, general purpose"
const FEE = "the cluster's fee of 0.10 an hour"

/**
 * What a run costs by the hour. On Autopilot: vCPUs and memory that its Pod asks for, by the second while it runs. On a Standard cluster, and before it is
 * known which it is: nothing, for its nodes are paid for whether it runs on them or not.
 */
export function gkeRates(plan: PricedPlan, cluster: GkeCluster | undefined): RateTable {
  if (cluster?.isAutopilot !== true) return standardRates(cluster)
  const region = cluster.location.replace(/-[a-z]$/, '')
  const own = RATES[region]
  const rates = plan.spot ? SPOT : (own ?? (RATES[USUAL] as RegionRates))
  const place = plan.spot ? OF_SPOT : own ? region : USUAL
  const { shape } = askedShape(plan.containers)
  const sold = computeClass(GENERAL_PURPOSE, plan.architecture, cluster)
  const { cpu, memory } = (sold && fitShape(shape, sold)) ?? shape
  return {
    currency: 'USD',
    items: [
      { what: 'vCPU', quantity: rounded(cpu), unit: 'vCPU', pricePerHour: rates.vCpu },
      { what: 'memory', quantity: rounded(memory / 1_024), unit: 'GB', pricePerHour: rates.memory },
    ],
    billedFrom: 'started',
    billedUntil: 'exited',
    source: `${PRICE_LIST}${plan.spot ? ', spot (varies)' : ''}, ${place}${place === region ? '' : `: that of ${region} is not in the table, and differs by some percent`}`,
    date: rates.date,
    excludes: [
      FEE,
      'load balancers, traffic, disks and registries that it uses',
      ...(plan.architecture === 'arm64' ? ['what other classes of nodes cost more'] : []),
    ],
  }
}

function standardRates(cluster: GkeCluster | undefined): RateTable {
  return {
    currency: 'USD',
    items: [],
    billedFrom: 'started',
    billedUntil: 'exited',
    source:
      cluster === undefined
        ? 'the cluster is not known yet: on a Standard one its nodes are billed, not what runs on them'
        : 'a Standard cluster: its nodes are billed, not what runs on them',
    date: '2026-11-26',
    excludes: ['nodes', FEE, 'load balancers, traffic, disks and registries that it uses'],
  }
}

function rounded(value: number): number {
  return Number(value.toFixed(3))
}
