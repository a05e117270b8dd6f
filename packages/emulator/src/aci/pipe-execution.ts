import type { RawData, WebSocket } from 'ws'
import type { Execution } from '../backend/backend.ts'

/** More than this unsent holds the output back until the client has taken it. */
const MOST_BUFFERED = 1024 * 1024

/** Joins a websocket to a process: frames are its input, and its output, both streams in one, is frames. */
export function pipeExecution(webSocket: WebSocket, execution: Execution, early: readonly RawData[]): void {
  const write = (frame: RawData) => execution.stdin.write(toBuffer(frame))
  execution.stdin.on('error', () => {})
  for (const frame of early) write(frame)
  webSocket.on('message', write)
  for (const output of [execution.stdout, execution.stderr]) {
    output.on('error', () => {})
    output.on('data', (chunk: Buffer) => {
      webSocket.send(chunk, { binary: true }, () => {
        if (output.isPaused() && webSocket.bufferedAmount < MOST_BUFFERED) output.resume()
      })
      if (webSocket.bufferedAmount >= MOST_BUFFERED) output.pause()
    })
  }
  const drained = Promise.all([ended(execution.stdout), ended(execution.stderr)])
  // The service tells no exit code: that a process has ended is told by the end of the connection.
  void Promise.all([execution.exited, drained])
    .catch(() => {})
    .then(() => webSocket.close(1000))
  webSocket.once('close', () => void execution.close().catch(() => {}))
}

function toBuffer(frame: RawData): Buffer {
  if (Buffer.isBuffer(frame)) return frame
  return Array.isArray(frame) ? Buffer.concat(frame) : Buffer.from(frame)
}

function ended(stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve).once('close', resolve)
  })
}
