import { Readable, Writable } from 'node:stream'
import type { WebSocket } from 'ws'
import type { ClusterClient, ClusterRequest } from './cluster-client.ts'
import { ClusterError } from './cluster-error.ts'
import { END_OF_INPUT, type RemoteOptions, type RemoteSession, sizeMessage, taken } from './remote-session.ts'
import type { Status } from './status.ts'

/** The protocol in which an input can be ended. Older ones cannot do that, and are not spoken. */
export const CHANNELS = 'v5.channel.k8s.io'

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const
const HEAD_BYTES = 4_096

/** The same over a WebSocket, which gateways let through that know no SPDY: a byte before each message says what it is of. */
export async function openWebSocketSession(
  client: ClusterClient,
  request: ClusterRequest,
  { stdin, tty }: RemoteOptions,
): Promise<RemoteSession> {
  const socket = await client.webSocket({ ...request, method: 'GET' }, CHANNELS)
  const send = (channel: number, bytes: Uint8Array | string, done?: (error?: Error) => void) =>
    socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(bytes)]), (error) => done?.(error))
  const outputs = {
    [CHANNEL.stdout]: outputOf(socket),
    [CHANNEL.stderr]: outputOf(socket),
  } as const
  let head: Buffer = Buffer.alloc(0)
  let status: Status | undefined
  socket.on('message', (message) => {
    const bytes = Buffer.isBuffer(message) ? message : Buffer.concat([message].flat() as Uint8Array[])
    const [channel, content] = [bytes[0], bytes.subarray(1)]
    if (channel === CHANNEL.status) status = JSON.parse(content.toString('utf8')) as Status
    if ((channel !== CHANNEL.stdout && channel !== CHANNEL.stderr) || content.length === 0) return
    if (channel === CHANNEL.stdout && head.length < HEAD_BYTES) head = Buffer.concat([head, content])
    if (!outputs[channel].push(content)) socket.pause()
  })
  let closed = false
  const over = new Promise<void>((resolve, reject) => {
    socket.once('close', () => {
      if (status === undefined && !closed) reject(new Error('it was closed before the end'))
      for (const output of Object.values(outputs)) {
        if (status === undefined) output.destroy()
        else output.push(null)
      }
      resolve()
    })
  })
  // A terminal has one output: nobody takes anything from the other.
  const read = tty ? [outputs[CHANNEL.stdout]] : Object.values(outputs)
  const ended = Promise.all([over, ...read.map(taken)]).then(
    () => status ?? {},
    (error: Error) => {
      if (closed) return {}
      const { method, path } = request
      throw new ClusterError({ method, path, message: `the connection broke: ${error.message}`, sent: true })
    },
  )
  ended.catch(() => {}) // whoever wants to know awaits it
  return {
    stdin: new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        if (!stdin) done(new Error('it takes no input'))
        // What ends without reading its input is no failure of whoever writes it.
        else if (socket.readyState !== socket.OPEN) done()
        else send(CHANNEL.stdin, chunk, () => done())
      },
      final: (done) => {
        if (!stdin || socket.readyState !== socket.OPEN) done()
        else if (tty) send(CHANNEL.stdin, END_OF_INPUT, () => done())
        else send(CHANNEL.close, Buffer.from([CHANNEL.stdin]), () => done())
      },
    }),
    stdout: outputs[CHANNEL.stdout],
    stderr: tty ? Readable.from([]) : outputs[CHANNEL.stderr],
    ended,
    firstWords: () => head.toString('utf8', 0, HEAD_BYTES),
    resize: (size) => {
      if (tty && socket.readyState === socket.OPEN) send(CHANNEL.resize, sizeMessage(size))
    },
    close: () => {
      closed = true
      socket.terminate()
    },
  }
}

/** Holds the connection back while nobody reads. */
function outputOf(socket: WebSocket): Readable {
  return new Readable({
    read: () => socket.resume(),
    destroy: (error, done) => {
      socket.resume()
      done(error)
    },
  }).on('error', () => {})
}
