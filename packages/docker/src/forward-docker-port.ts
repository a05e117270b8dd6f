import type { Duplex } from 'node:stream'
import { BerthError } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import { type EngineLocation, locateEngine } from './engine-location.ts'
import { inspectGroup } from './inspect-group.ts'
import { directHost, publishedPort } from './map-docker-addresses.ts'
import { findHolder, inspectedHolder, type NetworkHolder } from './network-holder.ts'

interface Destination {
  readonly host: string
  readonly port: number
}

/**
 * A connection to a port of a run, declared or not. Where the engine's network is one of this machine's, the container's own address is
 * dialled. Elsewhere (Docker Desktop, a rootless engine, another machine) only a published port can be reached.
 */
export async function forwardDockerPort(
  host: DockerHost,
  ref: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  const [endpoint, inspected] = await Promise.all([host.engine.endpoint(), inspectGroup(host, ref, signal)])
  const container = findHolder(inspected, ({ Config }) => Config.Labels ?? {})
  if (!container?.State.Running) {
    throw new BerthError({
      code: container ? 'conflict' : 'not-found',
      message: `${ref} ${container ? 'does not run' : 'is not there'}, so its port ${port} cannot be reached`,
    })
  }
  const destination = findDestination(inspectedHolder(container), port, locateEngine(endpoint))
  if (destination) return await dial(destination, ref, port, signal)
  throw new BerthError({
    code: 'unsupported',
    message: `port ${port} of ${ref} cannot be reached: the engine's network is not one of this machine (${endpoint.address}), and the port is not published; declare it in ports`,
  })
}

function findDestination(
  holder: NetworkHolder,
  port: number,
  location: EngineLocation,
): Destination | undefined {
  if (holder.networkMode === 'host') return { host: location.host, port }
  const direct = directHost(holder, location)
  if (direct) return { host: direct, port }
  const published = publishedPort(holder, `${port}/tcp`)
  return published === undefined ? undefined : { host: location.host, port: published }
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
