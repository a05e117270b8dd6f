import type { Duplex } from 'node:stream'
import { BerthError } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { readRole } from './docker-labels.ts'
import type { ContainerInspect } from './engine/index.ts'
import { inspectGroup } from './inspect-group.ts'
import { inspectedHolder, locateEngine } from './map-docker-addresses.ts'

interface Destination {
  readonly host: string
  readonly port: number
}

/**
 * A connection to a port of a run, declared or not. Where the engine runs on this Linux, its bridge is a network of this machine: the
 * container's own address is dialled. Elsewhere (Docker Desktop, another machine) only a published port can be reached.
 */
export async function forwardDockerPort(
  host: DockerHost,
  ref: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const [endpoint, inspected] = await Promise.all([host.engine.endpoint(), inspectGroup(host, ref, signal)])
  const holder = inspected.find(({ Config }) => readRole(Config.Labels ?? {}) === 'network') ?? inspected[0]
  if (!holder?.State.Running) {
    throw new BerthError({
      code: holder ? 'conflict' : 'not-found',
      message: `${ref} ${holder ? 'does not run' : 'is not there'}, so its port ${port} cannot be reached`,
    })
  }
  const destination = findDestination(holder, port, locateEngine(endpoint))
  if (destination) return await dial(destination, ref, port, signal)
  throw new BerthError({
    code: 'unsupported',
    message: `port ${port} of ${ref} cannot be reached: the engine's network is not one of this machine (${endpoint.address}), and the port is not published; declare it in ports`,
  })
}

function findDestination(
  container: ContainerInspect,
  port: number,
  { local, host }: { readonly local: boolean; readonly host: string },
): Destination | undefined {
  const { networkMode, ownAddress, published } = inspectedHolder(container)
  if (networkMode === 'host') return { host, port }
  if (local && process.platform === 'linux' && ownAddress !== undefined) return { host: ownAddress, port }
  const hostPort = Number(published(`${port}/tcp`)[0]?.HostPort)
  return hostPort > 0 ? { host, port: hostPort } : undefined
}

async function dial(
  destination: Destination,
  ref: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const { connect } = await import('node:net')
  return await new Promise<Duplex>((resolve, reject) => {
    const socket = connect({ ...destination, allowHalfOpen: true })
    const abort = () => {
      socket.destroy()
      reject(signal.reason)
    }
    const settle = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort, { once: true })
    socket.once('connect', () => {
      settle()
      resolve(socket)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      settle()
      reject(
        new BerthError({
          code: 'unavailable',
          message: `port ${port} of ${ref} (${destination.host}:${destination.port}) cannot be reached: ${error.code ?? error.message}${
            error.code === 'ECONNREFUSED' ? '; nothing listens there in the container' : ''
          }`,
          // A program that does not listen now is the caller's to wait for.
          retryable: false,
          cause: error,
        }),
      )
    })
  })
}
