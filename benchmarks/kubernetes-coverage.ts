// Whether the timeline tells the truth of a cluster whose stamps come from several clocks, all of them wrong: starts on an emulated cluster, real
// containers, each mark's interval against what the container itself logged.
import { kubernetes } from '@berth/kubernetes'
import { coverCloud } from './coverage/cover-cloud.ts'

/** Versions of Kubernetes that tell more or less of a start. */
const MINOR_VERSIONS = [24, 28, 34] as const
const ROOMY = { cpu: 1_000, memoryInGiB: 1_000 }

await coverCloud({
  service: 'kubernetes',
  title: 'Kubernetes',
  settings: (random) => ({
    dialects: {
      kubernetes: {
        minorVersion: MINOR_VERSIONS[Math.floor(random() * 3)] ?? 34,
        addressShown: random() < 0.5 ? 'sandbox' : 'started',
        statusAfterInMs: random() < 0.5 ? 0 : 1_000,
      },
    },
    kubernetes: { nodes: [ROOMY, ROOMY, ROOMY] },
  }),
  createProvider: () => kubernetes({ expose: 'private' }),
  specOf: (image, command) => ({ image, command, ports: [80] }),
})
