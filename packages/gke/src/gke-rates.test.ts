import { describe, expect, it } from 'vitest'
import { clusterForTest } from '../test/clusters.ts'
import { gkeRates } from './gke-rates.ts'

const small = { cpu: 0.5, memoryInBytes: 2 ** 30, ports: [] }
const priced = {
  containers: [small],
  spot: false,
  architecture: undefined,
  expose: undefined,
  region: undefined,
}

describe('gkeRates', () => {
  it('prices what a Pod asks for on Autopilot', () => {
    const rates = gkeRates(priced, clusterForTest())
    expect(rates.items.map(({ quantity, pricePerHour }) => quantity * pricePerHour)).toEqual([
      0.02225, 0.0049225,
    ])
    expect(rates.source).toBe("Google's price list of GKE Autopilot, general purpose, us-central1")
  })

  it('prices what Autopilot makes of a Pod that asks for nothing, in a zone as in its region', () => {
    const nothing = { cpu: undefined, memoryInBytes: undefined, ports: [] }
    const rates = gkeRates(
      { ...priced, containers: [nothing] },
      clusterForTest({ location: 'asia-southeast1-b' }),
    )
    expect(rates.items).toMatchObject([
      { quantity: 0.5, pricePerHour: 0.0549 },
      { quantity: 2, pricePerHour: 0.0060729 },
    ])
  })

  it('says where a price is that of another region', () => {
    const { source } = gkeRates({ ...priced, spot: true }, clusterForTest({ location: 'europe-west1' }))
    expect(source).toMatch(/spot \(varies\), asia-southeast1: that of europe-west1 is not in the table/)
  })

  it('bills nothing on a Standard cluster, nor before it is known', () => {
    expect(gkeRates(priced, clusterForTest({ autopilot: false })).items).toEqual([])
    expect(gkeRates(priced, undefined).source).toMatch(/not known yet/)
  })
})
