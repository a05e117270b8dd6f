import type { AddressInfo, Socket } from 'node:net'
import type { Tunnel } from '../contract/session.ts'
import { BerthError } from '../errors/berth-error.ts'
import type { RunServices } from './run-services.ts'

/** Listens on loopback and joins each connection with a byte stream to a port of the run. */
export async function openTunnel(
  ref: string,
  services: RunServices,
  containerPort: number,
  localPort: number,
  signal: AbortSignal,
): Promise<Tunnel> {
  const { adapter, caller, provider } = services
  if (adapter.portForward === undefined) {
    throw new BerthError({ code: 'unsupported', message: `${provider} has no port-forward`, provider })
  }
  const forward = adapter.portForward.bind(adapter)
  const { createServer } = await import('node:net')
  const { pipeline } = await import('node:stream')
  const closing = new AbortController()
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    caller
      .call('portForward', (context) => forward(ref, containerPort, context), closing.signal)
      .then((remote) => {
        // Either side's end is passed on, so that a half-closed exchange still gets its answer.
        pipeline(socket, remote, () => {})
        pipeline(remote, socket, () => {})
      })
      .catch(() => socket.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new BerthError({
          code: error.code === 'EADDRINUSE' ? 'conflict' : 'unavailable',
          message: `port-forward cannot listen on 127.0.0.1:${localPort}: ${error.message}; choose another local port, or none for a free one`,
          cause: error,
        }),
      ),
    )
    server.listen(localPort, '127.0.0.1', resolve)
  })
  const close = async () => {
    signal.removeEventListener('abort', abort)
    closing.abort(new Error('the port-forward was closed'))
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  const abort = () => void close()
  if (signal.aborted) {
    await close()
    signal.throwIfAborted()
  }
  signal.addEventListener('abort', abort, { once: true })
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    close,
    [Symbol.asyncDispose]: close,
  }
}
