import { startKubernetes } from '../kubernetes/start-kubernetes.ts'
import type { Upstream } from './proxy/upstream.ts'
import type { GkeParts } from './start-gke.ts'

const SPOT = 'cloud.google.com/gke-spot'

/** A small Kubernetes of the emulator's own for a cluster that has none behind it, with a node of each kind that Autopilot has by itself. */
export async function startOwnKubernetes({ world, log, options }: GkeParts): Promise<Upstream> {
  const kubernetes = await startKubernetes({
    world,
    log,
    options: {
      ...options,
      // Its ports are nobody's to choose: it is reached by way of the cluster's own.
      port: 0,
      kubernetes: {
        nodes: [
          { name: 'gk3-berth-pool-1' },
          {
            name: 'gk3-berth-spot-1',
            labels: { [SPOT]: 'true' },
            taints: [{ key: SPOT, value: 'true', effect: 'NoSchedule' }],
          },
        ],
        ...options.kubernetes,
      },
    },
  })
  return {
    server: new URL(kubernetes.server),
    authorization: `Bearer ${kubernetes.token}`,
    tls: { ca: kubernetes.certificateAuthority },
    close: () => kubernetes.close(),
  }
}
