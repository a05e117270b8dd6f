import { BerthError } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { clusterForTest } from '../../test/clusters.ts'
import { planForTest } from '../../test/plan-for-test.ts'
import { planForGke } from '../plan-for-gke.ts'

type Spec = Parameters<typeof planForTest>[0]

const autopilot = clusterForTest()

async function givenTo(spec: Spec, cluster = autopilot) {
  const { plan, notes } = planForGke(await planForTest(spec), cluster)
  const [main] = plan.containers
  return { cpu: main?.cpu, memory: (main?.memoryInBytes ?? 0) / 2 ** 20, notes }
}

async function refusalOf(spec: Spec, cluster = autopilot): Promise<string> {
  const plan = await planForTest(spec)
  try {
    planForGke(plan, cluster)
  } catch (error) {
    if (BerthError.isInstance(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'it was taken'
}

describe('the shape of a Pod on Autopilot', () => {
  it.each<[Spec, { cpu: number; memory: number }]>([
    [{}, { cpu: 0.5, memory: 2_048 }],
    [
      { cpu: 0.05, memory: '52Mi' },
      { cpu: 0.05, memory: 52 },
    ],
    [
      { cpu: 2, memory: '13Gi' },
      { cpu: 2, memory: 13_312 },
    ],
    // What is not asked for follows what is.
    [{ cpu: 4 }, { cpu: 4, memory: 4_096 }],
    [{ memory: '13Gi' }, { cpu: 2, memory: 13_312 }],
    [
      { cpu: 30, memory: '110Gi' },
      { cpu: 30, memory: 112_640 },
    ],
  ])('of %o is %o', async (spec, shape) => {
    expect(await givenTo(spec)).toEqual({ ...shape, notes: [] })
  })

  it('is refused where it is not given, with the nearest that are', async () => {
    expect(await refusalOf({ cpu: 2, memory: '512Mi' })).toBe(
      "invalid-spec: cpu and memory: Autopilot's class general-purpose does not give 2 vCPU and 512 MiB (1 to 6.5 GiB go with a vCPU, from 0.05 vCPU and 52 MiB on); the nearest are cpu: 0.5, memory: '512Mi' and cpu: 2, memory: '2Gi': write one of them, or fit: 'up'",
    )
    expect(await refusalOf({ cpu: 1, memory: '13Gi' })).toMatch(
      /nearest are cpu: 1, memory: '6656Mi' and cpu: 2, memory: '13Gi':/,
    )
    expect(await refusalOf({ cpu: 0.01, memory: '64Mi' })).toMatch(/nearest are cpu: 0\.05, memory: '64Mi':/)
    expect(await refusalOf({ cpu: 32, memory: '64Gi' })).toMatch(/take at most 30 vCPU and 110 GiB/)
  })

  it('is rounded up where that is asked for, and says so', async () => {
    expect(await givenTo({ cpu: 2, memory: '512Mi', fit: 'up' })).toEqual({
      cpu: 2,
      memory: 2_048,
      notes: ['2 vCPU and 512 MiB were rounded up to 2 vCPU and 2 GiB'],
    })
  })

  it('holds all containers that run beside each other, and what is rounded up goes to the main one', async () => {
    const beside = { image: 'proxy:1', cpu: 1, memory: '512Mi' } as const
    const plan = await planForTest({ cpu: 1, memory: '512Mi', fit: 'up', sidecars: { beside } })
    expect(planForGke(plan, autopilot).plan.containers).toMatchObject([
      { cpu: 1, memoryInBytes: 1.5 * 2 ** 30 },
      { cpu: 1, memoryInBytes: 0.5 * 2 ** 30 },
    ])
  })

  it('comes in steps of a quarter where nodes do not lend what they do not use', async () => {
    const older = clusterForTest({ version: '1.29.4-gke.1' })
    expect(await refusalOf({ cpu: 0.3, memory: '1Gi' }, older)).toMatch(
      /in steps of 0\.25 vCPU, from 0\.25 vCPU and 512 MiB on\); the nearest are cpu: 0\.25, memory: '1Gi' and cpu: 0\.5, memory: '1Gi'/,
    )
  })

  it('is its own for each compute class, and the cluster’s to judge for others', async () => {
    const scaleOut = { cpu: 1, memory: '2Gi', options: { gke: { computeClass: 'Scale-Out' } } } as const
    expect(await refusalOf(scaleOut)).toMatch(/class Scale-Out does not give .* \(4 GiB go with a vCPU/)
    const own = { cpu: 1, memory: '64Gi', options: { gke: { computeClass: 'of-ours' } } } as const
    expect(await refusalOf(own)).toBe('it was taken')
    expect(await refusalOf({ cpu: 1, memory: '64Gi' }, clusterForTest({ autopilot: false }))).toBe(
      'it was taken',
    )
  })
})
