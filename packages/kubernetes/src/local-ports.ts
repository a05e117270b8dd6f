import { type AddressInfo, createServer, type Server } from 'node:net'
import { pipeline } from 'node:stream'
import { type Address, NEVER_ABORTED } from '@berth/core'
import type { Pod } from './cluster/pod.ts'
import { forwardKubernetesPort } from './forward-kubernetes-port.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** Listeners on this machine that lead to the ports of a run with `expose: 'local'`. They end with the run, or with this process. */
export interface LocalPorts {
  readonly addresses: readonly Address[]
  close(): void
}

/** Opens a listener for each tcp port of a Pod. They keep no process alive. */
export async function openLocalPorts(host: KubernetesHost, ref: string, pod: Pod): Promise<LocalPorts> {
  const { containers, initContainers = [] } = pod.spec
  const ports = [...containers, ...initContainers].flatMap(({ ports: declared = [] }) =>
    declared.flatMap(({ containerPort, protocol }) => (protocol === 'TCP' ? [containerPort] : [])),
  )
  const opened = await Promise.all(ports.map((port) => listen(host, ref, port)))
  return {
    addresses: opened.map(({ server, port }) => ({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      containerPort: port,
      protocol: 'tcp' as const,
      exposure: 'local' as const,
      proxied: true,
    })),
    close: () => {
      for (const { server } of opened) server.close()
    },
  }
}

async function listen(
  host: KubernetesHost,
  ref: string,
  port: number,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    forwardKubernetesPort(host, ref, port, NEVER_ABORTED).then(
      (remote) => {
        pipeline(socket, remote, () => {})
        pipeline(remote, socket, (error) => error && socket.resetAndDestroy())
      },
      () => socket.resetAndDestroy(),
    )
  })
  server.unref()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return { server, port }
}
