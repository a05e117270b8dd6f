import { BerthError } from '@berth/core'
import { describe, expect, it } from 'vitest'
import { planForTest } from '../test/plan-for-test.ts'
import { shapeFor, shapeOf } from './task-shape.ts'

async function refusalOf(spec: Parameters<typeof planForTest>[0]): Promise<string> {
  const plan = await planForTest(spec)
  try {
    shapeOf(plan)
  } catch (error) {
    if (BerthError.isInstance(error)) return `${error.code}: ${error.message}`
    throw error
  }
  return 'it was taken'
}

describe('the shape of a task', () => {
  it.each([
    [{}, { cpu: 256, memory: 512 }],
    [
      { cpu: 0.25, memory: '2Gi' },
      { cpu: 256, memory: 2_048 },
    ],
    [{ cpu: 1 }, { cpu: 1_024, memory: 2_048 }],
    [{ memory: '8Gi' }, { cpu: 1_024, memory: 8_192 }],
    [
      { cpu: 8, memory: '20Gi' },
      { cpu: 8_192, memory: 20_480 },
    ],
    [
      { cpu: 16, memory: '120Gi' },
      { cpu: 16_384, memory: 122_880 },
    ],
  ] as const)('of %o is %o', async (spec, shape) => {
    expect(shapeOf(await planForTest(spec))).toEqual({ shape, notes: [] })
  })

  it('holds all containers that run beside each other', async () => {
    const plan = await planForTest({
      cpu: 0.5,
      memory: '1Gi',
      sidecars: { beside: { image: 'proxy:1', cpu: 0.5, memory: '1Gi' } },
    })
    expect(shapeOf(plan).shape).toEqual({ cpu: 1_024, memory: 2_048 })
  })

  it('is refused where it is not sold, with the nearest that are', async () => {
    expect(await refusalOf({ cpu: 1, memory: '1Gi' })).toBe(
      "invalid-spec: cpu and memory: Fargate does not sell 1 vCPU and 1 GiB; the nearest are cpu: 0.5, memory: '1Gi' and cpu: 1, memory: '2Gi': write one of them, or fit: 'up'",
    )
    expect(await refusalOf({ cpu: 0.3 })).toMatch(
      /nearest are cpu: 0\.25, memory: '2Gi' and cpu: 0\.5, memory: '1Gi'/,
    )
    expect(await refusalOf({ memory: '100Mi' })).toMatch(/nearest are cpu: 0\.25, memory: '512Mi':/)
    expect(await refusalOf({ cpu: 8, memory: '18Gi' })).toMatch(
      /cpu: 8, memory: '16Gi' and cpu: 8, memory: '20Gi'/,
    )
    expect(await refusalOf({ cpu: 32 })).toMatch(/at most 16 vCPU and 120 GiB/)
  })

  it('is rounded up where that is asked for, and says so', async () => {
    expect(shapeOf(await planForTest({ cpu: 0.3, memory: '700Mi', fit: 'up' }))).toEqual({
      shape: { cpu: 512, memory: 1_024 },
      notes: ['0.3 vCPU and 0.684 GiB were rounded up to 0.5 vCPU and 1 GiB'],
    })
  })

  it('is priced as it is made, also where it is read back', () => {
    expect(shapeFor(undefined, undefined)).toEqual({ cpu: 256, memory: 512 })
    expect(shapeFor(0.25, 512 * 2 ** 20)).toEqual({ cpu: 256, memory: 512 })
  })
})
