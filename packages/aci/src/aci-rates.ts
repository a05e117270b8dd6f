import type { PricedPlan, RateTable } from '@berth/core'
import { defaultShape } from './container-shape.ts'

/** What a region charges for an hour, as its price list said on a day. */
interface RegionRates {
  readonly vCpu: number
  readonly memory: number
  readonly date: string
}

const USUAL = 'eastus'

/** Linux, standard, US dollars. */
const RATES: Readonly<Record<string, RegionRates>> = {
  eastus: { vCpu: 0.0405, memory: 0.00445, date: '2026-08-27' },
  swedencentral: { vCpu: 0.0466, memory: 0.00511, date: '2026-09-06' },
}

const PRICE_LIST = "Azure's retail price list"

/**
 * What a run costs by the hour: vCPUs and memory of all its containers, from the first image pull until the group has stopped. A region that is
 * not in the table is charged as East US, and the source says so.
 *
 * @param location where runs are placed whose plan names no region, if that is known by now
 */
export function aciRates({ containers, spot, region }: PricedPlan, location: string | undefined): RateTable {
  const place = region ?? location ?? USUAL
  const own = RATES[place]
  const { vCpu, memory, date } = own ?? (RATES[USUAL] as RegionRates)
  const shapes = containers.map(({ cpu, memoryInBytes }, index) => {
    const usual = defaultShape(index === 0)
    return {
      cpu: cpu ?? usual.cpu,
      memoryInGB: memoryInBytes === undefined ? usual.memoryInGB : memoryInBytes / 2 ** 30,
    }
  })
  const sum = (read: (shape: (typeof shapes)[number]) => number) =>
    Number(shapes.reduce((total, shape) => total + read(shape), 0).toFixed(2))
  return {
    currency: 'USD',
    items: [
      { what: 'vCPU', quantity: sum(({ cpu }) => cpu), unit: 'vCPU', pricePerHour: vCpu },
      { what: 'memory', quantity: sum(({ memoryInGB }) => memoryInGB), unit: 'GB', pricePerHour: memory },
    ],
    billedFrom: 'pull-started',
    billedUntil: 'stopped',
    source:
      own === undefined
        ? `${PRICE_LIST}, Linux, ${USUAL}: that of ${place} is not in the table, and differs by some percent`
        : `${PRICE_LIST}, Linux, ${place}`,
    date,
    excludes: [
      'traffic that leaves the region',
      'Log Analytics, file shares and registries that it uses',
      ...(spot ? ['the rebate of spot capacity, up to 70 %'] : []),
    ],
  }
}
