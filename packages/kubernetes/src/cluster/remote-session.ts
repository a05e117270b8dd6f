import { Readable, Writable } from 'node:stream'
import type { ClusterClient, ClusterRequest } from './cluster-client.ts'
import { ClusterError } from './cluster-error.ts'
import { readText } from './read-text.ts'
import { SpdyConnection } from './spdy-connection.ts'
import type { Status } from './status.ts'

export interface RemoteOptions {
  readonly stdin: boolean
  readonly tty: boolean
}

/** A running exec or attach. */
export interface RemoteSession {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** How it ended, once the last byte was delivered. Rejects with a ClusterError where the connection broke before. */
  readonly ended: Promise<Status>
  /** The first of what was printed, whoever has read it. */
  firstWords(): string
  resize(size: { readonly columns: number; readonly rows: number }): void
  close(): void
}

/** Opens the streams of an exec or attach, which the server then begins. */
export async function openRemoteSession(
  client: ClusterClient,
  request: ClusterRequest,
  { stdin, tty }: RemoteOptions,
): Promise<RemoteSession> {
  const upgraded = await client.upgrade({
    ...request,
    headers: {
      connection: 'Upgrade',
      upgrade: 'SPDY/3.1',
      'x-stream-protocol-version': 'v4.channel.k8s.io',
    },
  })
  const connection = new SpdyConnection(upgraded)
  const open = (streamtype: string) => connection.open({ streamtype })
  const status = open('error')
  const input = stdin ? open('stdin') : undefined
  const stdout = open('stdout')
  const stderr = tty ? undefined : open('stderr')
  const sizes = tty ? open('resize') : undefined
  status.end()
  stdout.end()
  stderr?.end()
  try {
    await Promise.all([status, input, stdout, stderr, sizes].map((stream) => stream?.opened))
  } catch (error) {
    connection.destroy()
    request.signal?.throwIfAborted()
    throw broken(request, error)
  }
  let closed = false
  const ended = Promise.all([readText(status), taken(stdout), stderr && taken(stderr)]).then(
    ([text]) => {
      connection.destroy()
      return JSON.parse(text || '{}') as Status
    },
    (error: unknown) => {
      connection.destroy()
      if (closed) return {}
      throw broken(request, error)
    },
  )
  ended.catch(() => {}) // whoever wants to know awaits it
  return {
    stdin:
      input ?? new Writable({ write: (_chunk, _encoding, done) => done(new Error('it takes no input')) }),
    stdout,
    stderr: stderr ?? Readable.from([]),
    ended,
    firstWords: () => stdout.head,
    resize: ({ columns, rows }) => void sizes?.write(JSON.stringify({ Width: columns, Height: rows })),
    close: () => {
      closed = true
      connection.destroy()
    },
  }
}

/** Resolves when whoever reads has taken all. */
async function taken(stream: Readable): Promise<void> {
  if (stream.readableEnded) return
  await new Promise<void>((resolve, reject) => {
    stream.once('end', resolve)
    stream.once('error', reject)
    stream.once('close', () => (stream.readableEnded ? resolve() : reject(new Error('it was closed'))))
  })
}

function broken({ method, path }: ClusterRequest, error: unknown): ClusterError {
  const message = `the connection broke: ${error instanceof Error ? error.message : String(error)}`
  return new ClusterError({ method, path, message, sent: true })
}
