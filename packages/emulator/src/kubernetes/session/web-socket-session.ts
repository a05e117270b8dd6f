import { PassThrough, Writable } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { readSize, type SessionOptions, type SessionStreams } from './session-streams.ts'

const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 } as const
/** More than this unsent holds the output back until the client has taken it. */
const MOST_BUFFERED = 1024 * 1024

/** The streams of an exec or attach over a WebSocket: a byte before each message says what it is of. */
export function acceptWebSocketSession(socket: WebSocket, options: SessionOptions): SessionStreams {
  const stdin = options.stdin ? new PassThrough() : null
  let onResize: Parameters<SessionStreams['onResize']>[0] | undefined
  let newestSize: ReturnType<typeof readSize> = null
  stdin?.on('error', () => {})
  socket.on('message', (message) => {
    const bytes = toBuffer(message)
    const [channel, content] = [bytes[0], bytes.subarray(1)]
    if (channel === CHANNEL.stdin) stdin?.write(content)
    else if (channel === CHANNEL.close && content[0] === CHANNEL.stdin) stdin?.end()
    else if (channel === CHANNEL.resize) {
      newestSize = readSize(content.toString()) ?? newestSize
      if (newestSize) onResize?.(newestSize)
    }
  })
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      stdin?.destroy()
      resolve()
    })
  })
  const outputs = {
    stdout: options.stdout ? output(socket, CHANNEL.stdout) : null,
    stderr: options.stderr && !options.tty ? output(socket, CHANNEL.stderr) : null,
  }
  // That the session is there is told by an empty message of its first output.
  const first = outputs.stdout ? CHANNEL.stdout : outputs.stderr ? CHANNEL.stderr : CHANNEL.error
  socket.send(Buffer.from([first]))
  return {
    stdin,
    ...outputs,
    onResize(listener) {
      onResize = listener
      // It may have come before the program began.
      if (newestSize) listener(newestSize)
    },
    finish(status) {
      socket.send(Buffer.concat([Buffer.from([CHANNEL.error]), Buffer.from(JSON.stringify(status))]), () =>
        socket.close(1000),
      )
    },
    closed,
  }
}

function output(socket: WebSocket, channel: number): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (socket.readyState !== socket.OPEN) return done()
      const isFull = socket.bufferedAmount >= MOST_BUFFERED
      socket.send(Buffer.concat([Buffer.from([channel]), chunk]), () => isFull && done())
      if (!isFull) done()
    },
  })
}

function toBuffer(message: RawData): Buffer {
  if (Buffer.isBuffer(message)) return message
  return Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message)
}
