import type { RawData, WebSocket } from 'ws'
import type { Execution } from '../backend/backend.ts'

/** More than this unsent holds the output back until the client has taken it. */
const MOST_BUFFERED = 1024 * 1024

/** Joins a websocket to a process: frames are its input, and its output, both streams in one, is frames. */
export function pipeExecution(webSocket: WebSocket, execution: Execution): void {
  webSocket.on('message', (data: RawData) => {
    execution.stdin.write(Buffer.isBuffer(data) ? data : Buffer.concat([data].flat() as Buffer[]))
  })
  execution.stdin.on('error', () => {})
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

function ended(stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve).once('close', resolve)
  })
}
