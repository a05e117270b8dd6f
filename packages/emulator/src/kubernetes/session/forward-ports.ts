import type { Duplex } from 'node:stream'
import type { Pod as Sandbox } from '../../backend/backend.ts'
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts'

/** Each pair of streams, one for data and one for what goes wrong, is one connection to a port of the Pod. */
export function forwardPorts(
  socket: Duplex,
  head: Buffer,
  sandbox: Sandbox,
  podName: string,
): SpdyConnection {
  const pairs = new Map<string, { data?: SpdyStream; error?: SpdyStream }>()
  return new SpdyConnection(socket, head, (stream) => {
    const { requestid = '', streamtype, port = '' } = stream.headers
    const pair = pairs.get(requestid) ?? {}
    pairs.set(requestid, pair)
    if (streamtype === 'data') pair.data = stream
    else if (streamtype === 'error') pair.error = stream
    if (!pair.data || !pair.error) return
    pairs.delete(requestid)
    void forward(pair.data, pair.error, { sandbox, podName, port: Number(port) })
  })
}

async function forward(
  data: SpdyStream,
  error: SpdyStream,
  { sandbox, podName, port }: { readonly sandbox: Sandbox; readonly podName: string; readonly port: number },
): Promise<void> {
  error.resume()
  try {
    const connection = await sandbox.connect(port)
    connection.on('error', () => connection.destroy())
    data.on('close', () => connection.destroy())
    connection.on('close', () => {
      error.end()
      data.end()
      // The client may have more to send, and nobody to send it to.
      data.resume()
    })
    data.pipe(connection)
    connection.pipe(data)
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem)
    error.end(
      `an error occurred forwarding ${port} -> ${port}: error forwarding port ${port} to pod ${podName}: failed to connect to localhost:${port} inside namespace: ${why}`,
    )
    data.destroy()
  }
}
