import { expect, it } from 'vitest'
import { defaultProbe } from './default-probe.ts'

it.each([
  [{ ready: { kind: 'started' } as const, ports: [80] }, { kind: 'started' }],
  [{ ports: [80, 81] }, { kind: 'tcp', port: 80 }],
  [{ ports: [{ port: 53, protocol: 'udp' as const }, { port: 54 }] }, { kind: 'tcp', port: 54 }],
  [{ ports: [{ port: 53, protocol: 'udp' as const }] }, { kind: 'started' }],
  [{}, { kind: 'started' }],
])('of %j is %j', (probed, probe) => {
  expect(defaultProbe(probed)).toEqual(probe)
})
