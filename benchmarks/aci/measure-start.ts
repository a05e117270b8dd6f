import type { AciCapabilities } from '@berth/aci'
import { type ContainerRun, http, type Provider } from '@berth/core'
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

/** Tells in its log when it listens, by this machine's clock. */
const SERVER = `
  const { createServer } = require('node:http')
  const now = () => performance.timeOrigin + performance.now()
  createServer((request, response) => response.end('here')).listen(Number(process.env.PORT_80), process.env.HOST, () => console.log('listening=' + now()))
`
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
      command: [process.execPath, '-e', SERVER],
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
  const listeningAt = (await readListening(run)) - performance.timeOrigin
  return {
    calls,
    addressLagInMs: toldAt === undefined ? undefined : Math.max(0, receivedAt - toldAt),
    readyLagInMs: readyAt - Math.max(listeningAt, receivedAt),
  }
}

async function addressReceived(run: ContainerRun<AciCapabilities>, signal: AbortSignal): Promise<number> {
  if (run.addresses.length > 0) return performance.now()
  for await (const _ of run.changes({ signal })) if (run.addresses.length > 0) break
  return performance.now()
}

async function readListening(run: ContainerRun<AciCapabilities>): Promise<number> {
  for await (const { text } of run.logs()) {
    const match = /^listening=([\d.]+)$/.exec(text)
    if (match !== null) return Number(match[1])
  }
  throw new Error(`${run.name} did not say when it listened`)
}
