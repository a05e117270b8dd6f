import type { AciCapabilities } from '@berth/aci'
import { http, type Provider } from '@berth/core'
import { addressReceived } from '../emulated/address-received.ts'
import { LISTENING_SERVER, readInstants } from '../emulated/listening-server.ts'
import type { Cloud } from './start-cloud.ts'

/** What one start was like. */
export interface AciStart {
  /** Requests for this run alone, from the order to the last look after readiness. */
  readonly calls: number
  /** From the first answer that told the address to its being received. Undefined where the creating call's own answer did. */
  readonly addressLagInMs: number | undefined
  /** From the later of `listening` and the address being received, to `ready()` resolving. */
  readonly readyLagInMs: number
}

/** The look after readiness comes at once; nobody waits for it. */
const LAST_LOOK_IN_MS = 1_500

export async function measureStart(
  provider: Provider<AciCapabilities>,
  cloud: Cloud,
  signal: AbortSignal,
): Promise<AciStart> {
  await using run = await provider.run(
    {
      image: 'berth/shell',
      command: [process.execPath, '-e', LISTENING_SERVER],
      ports: [80],
      cpu: 0.1,
      memory: '100M',
      ready: http('/'),
    },
    { signal },
  )
  const isTold = run.addresses.length > 0
  const told = isTold ? undefined : cloud.watchAddress(run.name, signal)
  const received = addressReceived(run, signal)
  await run.ready({ signal })
  const readyAt = performance.now()
  const [toldAt, receivedAt] = await Promise.all([told, received])
  await new Promise((resolve) => setTimeout(resolve, LAST_LOOK_IN_MS))
  const calls = cloud.callsOf(run.name)
  const { listeningAt } = await readInstants(() => run.logs())
  return {
    calls,
    addressLagInMs: toldAt === undefined ? undefined : Math.max(0, receivedAt - toldAt),
    readyLagInMs: readyAt - Math.max(listeningAt, receivedAt),
  }
}
