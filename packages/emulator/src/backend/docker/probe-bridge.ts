import { once } from 'node:events'
import { connect } from 'node:net'
import { type EngineClient, pauseImage } from '@berth/docker/engine'
import { bridgeAddress } from './bridge-address.ts'
import type { OwnerLabels } from './emulator-labels.ts'

const answerInMs = 1_000

/**
 * Whether this machine reaches containers at their own addresses on the engine's bridge: yes where the engine runs on this very Linux, no
 * where it runs in a virtual machine. Nobody listens in the container that is tried, so the answer is a refusal, and at once.
 */
export async function probeBridge(engine: EngineClient, labels: OwnerLabels): Promise<boolean> {
  const { Id } = await engine.containers.create({
    Image: pauseImage,
    Labels: labels,
    HostConfig: { NetworkMode: 'bridge' },
  })
  try {
    await engine.containers.start(Id)
    const address = bridgeAddress(await engine.containers.inspect(Id))
    return address !== null && (await refusesConnection(address))
  } finally {
    await engine.containers.remove(Id, { force: true })
  }
}

async function refusesConnection(host: string): Promise<boolean> {
  const socket = connect({ host, port: 1 })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(answerInMs) })
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
  } finally {
    socket.destroy()
  }
}
