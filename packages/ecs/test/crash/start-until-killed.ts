/** Starts and removes runs until it is killed: `node start-until-killed.ts <variant>`, with the emulator's variables in its environment. */
import type { ContainerSpec } from '@berth/core'
import { type EcsCapabilities, ecs } from '@berth/ecs'
import { startUntilKilled } from '../../../core/test/start-until-killed.ts'

const single = { name: 'crash', image: 'berth/hello', ports: [80] } as const
const group = {
  ...single,
  volumes: { data: { kind: 'empty' } },
  mounts: [{ volume: 'data', path: '/data' }],
  initContainers: { first: { image: 'berth/shell', command: ['sh', '-c', 'exit 0'] } },
  sidecars: { beside: { image: 'berth/shell', command: ['sleep', '300'] } },
} as const satisfies ContainerSpec<EcsCapabilities>

await startUntilKilled<EcsCapabilities>(
  {
    single: { spec: single },
    group: { spec: group },
    leased: { spec: { ...single, lifetime: { lease: '3s' } } },
    renewing: { spec: single, lease: '1s', keptInMs: 1_500 },
    removing: { spec: group },
  },
  async (lease) => {
    const provider = ecs({ lease })
    // The SDK is loaded.
    await provider.check()
    return provider
  },
)
