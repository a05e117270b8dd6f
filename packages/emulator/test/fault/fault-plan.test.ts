import { describe, expect, it } from 'vitest'
import { FaultPlan } from '../../src/fault/fault-plan.ts'
import type { FaultRule } from '../../src/fault/fault-rule.ts'
import { Random } from '../../src/random/random.ts'

const effect = { kind: 'stuck' } as const
const subject = { service: 'aci', operation: 'ContainerGroups_Get', region: 'eastus', name: 'web-1' }

describe('FaultPlan', () => {
  it.each([
    [{}, true],
    [{ service: 'aci' }, true],
    [{ service: 'ecs' }, false],
    [{ operation: 'ContainerGroups_*' }, true],
    [{ operation: 'ContainerGroups' }, false],
    [{ region: 'EastUS' }, true],
    [{ region: 'westus' }, false],
    [{ name: 'web-*' }, true],
    [{ name: '*-1' }, true],
    [{ name: 'web.1' }, false],
    [{ name: 'web-*', region: 'westus' }, false],
    [{ probability: 0 }, false],
    [{ probability: 1 }, true],
  ])('matches %j: %s', (match, strikes) => {
    expect(new FaultPlan(new Random(1), [{ match, effect }]).draw(subject)).toHaveLength(strikes ? 1 : 0)
  })

  it('does not match what the service cannot tell', () => {
    const plan = new FaultPlan(new Random(1), [{ match: { name: '*' }, effect }])
    expect(plan.draw({ service: 'aci', operation: 'ContainerGroups_List' })).toEqual([])
  })

  it('counts the calls that match the rest', () => {
    const plan = new FaultPlan(new Random(1), [{ match: { name: 'web-1', nth: [2, 3] }, effect }])
    const draw = (name: string) => plan.draw({ ...subject, name }).length
    expect([draw('web-1'), draw('other'), draw('web-1'), draw('web-1'), draw('web-1')]).toEqual([
      0, 0, 1, 1, 0,
    ])
  })

  it.each([
    [{ effect: { kind: 'fire' } }, 'one of reset,'],
    [{ match: { host: 'a' }, effect }, 'it can match by'],
    [{ match: { probability: 2 }, effect }, 'probability is 2'],
    [{ match: { nth: 0 }, effect }, 'counted from 1'],
    [{ effect: { kind: 'error', status: 200, code: 'Ok' } }, 'status from 400 to 599'],
    [{ effect: { kind: 'slow' } }, 'needs delayInMs'],
    [{ effect: { kind: 'capacity' } }, "needs when: 'at-once' or 'afterwards'"],
  ])('refuses %j', (rule, message) => {
    expect(() => new FaultPlan(new Random(1), [rule as never as FaultRule])).toThrow(message)
  })
})
