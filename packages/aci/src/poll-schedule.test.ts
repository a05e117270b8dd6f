import { describe, expect, it } from 'vitest'
import type { ContainerGroup } from './arm/container-group.ts'
import type { GroupView } from './group-view.ts'
import { isToBeAsked, nextLookInMs } from './poll-schedule.ts'

const NEW: GroupView = {
  phase: 'pending',
  wantsAddress: true,
  hasAddress: false,
  hasStarted: false,
  firstSeenAt: 0,
  askedAt: undefined,
  settledAt: undefined,
  operation: undefined,
  orderedAt: undefined,
  stopOrderedAt: undefined,
  isVisible: true,
  isFailed: false,
}

function listed(provisioningState: string): ContainerGroup {
  return { location: 'eastus', properties: { provisioningState, containers: [], osType: 'Linux' } }
}

describe('nextLookInMs', () => {
  it('leaves a start to the usual pace', () => {
    expect(nextLookInMs(NEW, 5_000)).toBeUndefined()
    expect(nextLookInMs({ ...NEW, hasStarted: true }, 5_000)).toBeUndefined()
  })

  it('looks at what runs less often the longer it has run', () => {
    const running = { ...NEW, hasStarted: true, hasAddress: true }
    expect(nextLookInMs(running, 5_000)).toBe(1_500)
    expect(nextLookInMs(running, 40_000)).toBe(6_000)
    expect(nextLookInMs(running, 3_600_000)).toBe(10_000)
  })
})

describe('isToBeAsked', () => {
  it.each([
    ['one that nobody has seen', undefined, 'Pending', 0, true],
    ['one that is being made', NEW, 'Creating', 20_000, false],
    ['one that has been made for long', NEW, 'Creating', 26_000, true],
    ['one that has failed', NEW, 'Failed', 3_000, true],
    ['one without ports that is there', { ...NEW, wantsAddress: false }, 'Succeeded', 3_000, true],
    ['one whose address speaks for it', { ...NEW, settledAt: 9_000 }, 'Succeeded', 10_000, false],
    ['one whose address stays silent', { ...NEW, settledAt: 5_000 }, 'Succeeded', 10_000, true],
    ['one that runs', { ...NEW, hasStarted: true, askedAt: 99_000 }, 'Succeeded', 100_000, false],
    ['one that has run for long', { ...NEW, hasStarted: true, askedAt: 80_000 }, 'Succeeded', 100_000, true],
  ] as const)('%s', (_name, view, state, now, expected) => {
    expect(isToBeAsked(view, listed(state), now)).toBe(expected)
  })
})
