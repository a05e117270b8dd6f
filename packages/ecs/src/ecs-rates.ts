import type { PricedPlan, RateItem, RateTable } from '@berth/core'
import { shapeFor } from './task-shape.ts'

/** What a region charges for an hour, as its price list said on a day. */
interface RegionRates {
  readonly vCpu: number
  readonly memory: number
  readonly date: string
}

const USUAL = 'us-east-1'

/** Linux on x86, on demand, US dollars. */
const RATES: Readonly<Record<string, RegionRates>> = {
  'us-east-1': { vCpu: 0.04048, memory: 0.004445, date: '2026-09-30' },
  'eu-central-1': { vCpu: 0.04656, memory: 0.00511, date: '2026-07-07' },
}
/** The same on ARM, and of spare capacity, whose price varies. */
const ARM: RegionRates = { vCpu: 0.03238, memory: 0.00356, date: '2026-09-30' }
const SPOT: RegionRates = { vCpu: 0.0125, memory: 0.00137, date: '2026-09-30' }
const PUBLIC_ADDRESS = 0.005

const PRICE_LIST = "AWS' price list of Fargate"

/**
 * What a run costs by the hour: vCPUs and memory of its task, from the start of the image pull until it has stopped, a minute at the least, and a
 * public address. A region that is not in the table is charged as us-east-1, and the source says so.
 *
 * @param region where runs are placed, if that is known by now
 */
export function ecsRates(
  { containers, spot, architecture, expose }: PricedPlan,
  region: string | undefined,
): RateTable {
  const place = region ?? USUAL
  const isKnown = RATES[place] !== undefined
  const usual = RATES[USUAL] as RegionRates
  const base = RATES[place] ?? usual
  // Of these the table has one region only.
  const special = spot ? SPOT : architecture === 'arm64' ? ARM : undefined
  const { vCpu, memory, date } = special ?? base
  const shape = shapeFor(
    sum(containers.map(({ cpu }) => cpu)),
    sum(containers.map(({ memoryInBytes }) => memoryInBytes)),
  )
  const items: RateItem[] = [
    { what: 'vCPU', quantity: shape.cpu / 1_024, unit: 'vCPU', pricePerHour: vCpu },
    { what: 'memory', quantity: shape.memory / 1_024, unit: 'GB', pricePerHour: memory },
    ...(expose === 'private'
      ? []
      : [{ what: 'public IPv4', quantity: 1, unit: 'address', pricePerHour: PUBLIC_ADDRESS }]),
  ]
  const kind = spot ? 'spot (varies)' : architecture === 'arm64' ? 'Linux on ARM' : 'Linux on x86'
  const isElsewhere = special ? place !== USUAL : !isKnown
  return {
    currency: 'USD',
    items,
    billedFrom: 'pull-started',
    billedUntil: 'stopped',
    minimumSeconds: 60,
    source: isElsewhere
      ? `${PRICE_LIST}, ${kind}, ${USUAL}: that of ${place} is not in the table, and differs by some percent`
      : `${PRICE_LIST}, ${kind}, ${place}`,
    date,
    excludes: [
      'traffic that leaves the region',
      'storage above 20 GB, disks, file systems, logs, secrets and registries that it uses',
    ],
  }
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
}
