import { Readable, Writable } from 'node:stream'
import type { ClusterClient, ClusterRequest } from './cluster-client.ts'
import { ClusterError } from './cluster-error.ts'
import { readText } from './read-text.ts'
import { END_OF_INPUT, type RemoteOptions, type RemoteSession, sizeMessage, taken } from './remote-session.ts'
import { SpdyConnection } from './spdy-connection.ts'
import type { Status } from './status.ts'

/** Opens the streams of an exec or attach, which the server then begins. Every API server speaks this. */
export async function openSpdySession(
  client: ClusterClient,
  request: ClusterRequest,
  { stdin, tty }: RemoteOptions,
): Promise<RemoteSession> {
  const upgraded = await client.upgrade({
    ...request,
    accept: '*/*',
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
      if (text === '' && !closed) throw broken(request, new Error('it ended without a word on the command'))
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
    stdin: input ? inputOf(input, tty) : noInput(),
    stdout,
    stderr: stderr ?? Readable.from([]),
    ended,
    firstWords: () => stdout.head,
    resize: (size) => void sizes?.write(sizeMessage(size)),
    close: () => {
      closed = true
      connection.destroy()
    },
  }
}

function inputOf(input: Writable, tty: boolean): Writable {
  if (!tty) return input
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => void input.write(chunk, () => done()),
    final: (done) => void input.write(END_OF_INPUT, () => done()),
  })
}

function noInput(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(new Error('it takes no input')) })
}

function broken({ method, path }: ClusterRequest, error: unknown): ClusterError {
  const message = `the connection broke: ${error instanceof Error ? error.message : String(error)}`
  return new ClusterError({ method, path, message, sent: true })
}
