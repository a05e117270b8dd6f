/** Starts and removes runs until it is killed: `node start-until-killed.ts <variant>`, with the emulator's variables in its environment. */
import { type AciCapabilities, aci } from '@berth/aci'
import type { ContainerSpec } from '@berth/core'
import { startUntilKilled } from '../../../core/test/start-until-killed.ts'

const single = { name: 'crash', image: 'berth/hello', ports: [80] } as const
const group = {
  ...single,
  files: { '/etc/app.conf': 'a file' },
  volumes: { data: { kind: 'empty' } },
  mounts: [{ volume: 'data', path: '/data' }],
  initContainers: { first: { image: 'berth/shell', command: ['sh', '-c', 'exit 0'] } },
  sidecars: { beside: { image: 'berth/shell', command: ['sleep', '300'] } },
} as const satisfies ContainerSpec<AciCapabilities>

await startUntilKilled<AciCapabilities>(
  {
    single: { spec: single },
    group: { spec: group },
    moving: { spec: { ...single, regions: ['westeurope', 'eastus'] } },
    leased: { spec: { ...single, lifetime: { lease: '3s' } } },
    renewing: { spec: single, lease: '1s', keptInMs: 1_500 },
    removing: { spec: group },
  },
  async (lease) => {
    const provider = aci({ lease })
    // The SDK is loaded and a token is there.
    await provider.check()
    return provider
  },
)
