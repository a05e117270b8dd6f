import type { Duplex } from 'node:stream'
import { readSize, type SessionOptions, type SessionStreams } from './session-streams.ts'
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts'

/** How long the streams of a session may take to be opened. */
const PATIENCE_IN_MS = 30_000

/** The streams of an exec or attach over SPDY, once the client has opened all that it asked for. */
export function acceptSpdySession(
  socket: Duplex,
  head: Buffer,
  { stdin, stdout, stderr, tty }: SessionOptions,
): Promise<SessionStreams> {
  const expected = new Set([
    'error',
    ...(stdin ? ['stdin'] : []),
    ...(stdout ? ['stdout'] : []),
    ...(stderr && !tty ? ['stderr'] : []),
    ...(tty ? ['resize'] : []),
  ])
  const streams = new Map<string, SpdyStream>()
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => connection.destroy(), PATIENCE_IN_MS)
    const connection = new SpdyConnection(socket, head, (stream) => {
      streams.set(stream.headers.streamtype ?? '', stream)
      if (![...expected].every((kind) => streams.has(kind))) return
      clearTimeout(patience)
      resolve(sessionOver(connection, streams))
    })
    void connection.closed.then(() => {
      clearTimeout(patience)
      reject(new Error('the client left before it had opened its streams'))
    })
  })
}

function sessionOver(connection: SpdyConnection, streams: ReadonlyMap<string, SpdyStream>): SessionStreams {
  const of = (kind: string) => streams.get(kind) ?? null
  return {
    stdin: of('stdin'),
    stdout: of('stdout'),
    stderr: of('stderr'),
    onResize(listener) {
      of('resize')?.on('data', (chunk: Buffer) => {
        for (const text of chunk.toString().split('\n')) {
          const size = readSize(text)
          if (size) listener(size)
        }
      })
    },
    finish(status) {
      const error = of('error')
      // What both outputs still hold goes before it.
      const outputs = [of('stdout'), of('stderr')].flatMap((stream) => (stream ? [ended(stream)] : []))
      void Promise.all(outputs).then(() => error?.end(JSON.stringify(status), () => connection.close()))
    },
    closed: connection.closed,
  }
}

function ended(stream: SpdyStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve()
    else stream.once('close', resolve).end(resolve)
  })
}
