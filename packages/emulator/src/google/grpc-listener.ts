import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'
import type { GoogleParts } from './perform-operation.ts'

export interface GrpcListenerParts {
  readonly world: World
  readonly log: RequestLog
  /** 0: any free one. */
  readonly port: number
}

/**
 * The same APIs by gRPC, on a port of their own and without TLS. What speaks it takes a quarter of a second to load, so that is done when somebody connects.
 */
export async function listenByGrpc(
  parts: GoogleParts,
  { world, log, port }: GrpcListenerParts,
): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  let loading: Promise<{ inject(socket: Socket): void; close(): void }> | undefined
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    loading ??= import('./grpc-server.ts').then(({ startGrpcServer }) =>
      startGrpcServer(parts, { world, log }),
    )
    loading.then(
      (grpc) => grpc.inject(socket),
      (error: unknown) => {
        console.error('berth emulator:', error)
        socket.destroy()
      },
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const bound = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${bound.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await loading?.then((grpc) => grpc.close()).catch(() => {})
      await closed
    },
  }
}
