import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Certificate } from '../../server/certificate.ts'
import { isLoopbackHost } from '../../server/check-host.ts'
import type { Admission, PodBody } from '../autopilot/pod-body.ts'
import { createPod, isPodCreation } from './create-pod.ts'
import { forwardRequest } from './forward-request.ts'
import { forwardUpgrade } from './forward-upgrade.ts'
import { refuse, refuseUpgrade, UNAUTHORIZED } from './refuse.ts'
import type { Upstream } from './upstream.ts'

export interface ProxyParts {
  readonly certificate: Certificate
  readonly upstream: Upstream
  /** What answers say of the emulator where the cluster itself says nothing. */
  readonly description: string
  /** Whether an `Authorization` lets one in. */
  admits(authorization: string | undefined): boolean
  /** What is made of a Pod before the cluster sees it; absent: nothing. */
  readonly admitPod: ((pod: PodBody) => Admission) | undefined
}

/** An API server on loopback: whoever it lets in is, to the cluster behind it, its administrator. */
export async function startClusterProxy(
  parts: ProxyParts,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const { certificate } = parts
  const server = createServer(
    { key: certificate.key, cert: certificate.certificate },
    (message, response) => {
      if (!isLoopbackHost(message.headers.host) || !parts.admits(message.headers.authorization)) {
        message.resume()
        refuse(response, UNAUTHORIZED, parts.description)
      } else if (parts.admitPod && isPodCreation(message)) {
        void createPod(message, response, parts.admitPod, parts)
      } else forwardRequest(message, response, parts)
    },
  )
  // What is watched or followed may be silent for as long as it likes.
  server.requestTimeout = 0
  server.keepAliveTimeout = 120_000
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (message, socket: Duplex, head) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    socket.on('error', () => socket.destroy())
    if (!isLoopbackHost(message.headers.host) || !parts.admits(message.headers.authorization))
      refuseUpgrade(socket, UNAUTHORIZED)
    else forwardUpgrade(message, socket, head, parts)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `https://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of upgraded) socket.destroy()
      await closeServer(server)
    },
  }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
