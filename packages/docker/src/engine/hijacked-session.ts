import { type Duplex, Readable, Writable } from 'node:stream'
import { engineErrorStream } from './demultiplex.ts'
import type { EngineRequest } from './engine-request.ts'
import { FrameDecoder } from './frame-decoder.ts'
import { asError } from './http-exchange.ts'
import { streamFailure } from './stream-failure.ts'

/**
 * A running exec or attach over one raw connection.
 *
 * Both outputs share the connection: as with a child process' pipes, an output that nobody reads stalls the other one
 * (and in the end the program) once 64 KiB of it wait. Read both, or `resume()` or `destroy()` the one that is not wanted.
 * Errors of the streams never become uncaught exceptions; they are seen by whoever reads, and in {@link closed}.
 */
export interface HijackedSession extends AsyncDisposable {
  /** Bytes to the program; `end()` closes its stdin while its output goes on. */
  readonly stdin: Writable
  /** What it writes; with a terminal, everything. */
  readonly stdout: Readable
  /** What it writes to stderr; with a terminal, ended from the start. */
  readonly stderr: Readable
  /**
   * Resolves when the engine has ended the session and all output was taken over into the two streams; pending as
   * long as one of them is full. Resolves as well after {@link destroy}. Rejects with the signal's reason, or EngineError
   * when the connection broke.
   */
  readonly closed: Promise<void>
  /** Drops the connection now. The program itself goes on, save that its stdin ends. */
  destroy(): void
}

const highWaterMark = 64 * 1024

/** Makes a session of an upgraded connection. */
export function openSession(socket: Duplex, tty: boolean, request: EngineRequest): HijackedSession {
  const decoder = tty ? null : new FrameDecoder()
  const full = new Set<Readable>()

  const makeOutput = (): Readable => {
    const goOn = () => {
      if (full.delete(output) && full.size === 0) socket.resume()
    }
    const output = new Readable({
      highWaterMark,
      read: goOn,
      destroy(error, callback) {
        goOn()
        callback(error)
      },
    })
    return output.on('error', () => {})
  }
  const stdout = makeOutput()
  const stderr = makeOutput()
  const stdin = new Writable({
    highWaterMark,
    write: (chunk, _encoding, callback) => void socket.write(chunk, callback),
    final: (callback) => void socket.end(callback),
  }).on('error', () => {})
  if (tty) stderr.push(null)

  const give = (output: Readable, bytes: Uint8Array) => {
    if (!output.destroyed && !output.push(bytes)) full.add(output)
  }
  socket.on('data', (chunk: Uint8Array) => {
    if (!decoder) give(stdout, chunk)
    else {
      try {
        for (const { stream, bytes } of decoder.decode(chunk)) {
          if (stream === engineErrorStream)
            throw new Error(`the engine reports: ${Buffer.from(bytes).toString().trim()}`)
          give(stream === 2 ? stderr : stdout, bytes)
        }
      } catch (error) {
        socket.destroy(asError(error))
      }
    }
    if (full.size > 0) socket.pause()
  })

  const { promise: closed, resolve, reject } = Promise.withResolvers<void>()
  closed.catch(() => {}) // whoever wants to know awaits it
  let failure: Error | undefined
  let ended = false
  let dropped = false
  socket.once('end', () => {
    ended = true
    // the engine has nothing more to say and reads nothing more
    socket.destroy()
  })
  socket.on('error', (error) => {
    failure ??= error
  })
  socket.once('close', () => {
    if (ended && (decoder?.atBoundary ?? true)) {
      stdout.push(null)
      stderr.push(null)
      stdin.destroy()
      resolve()
    } else if (dropped) {
      for (const stream of [stdout, stderr, stdin]) stream.destroy()
      resolve()
    } else {
      const reported = streamFailure(failure ?? new Error('it ended before its end'), request)
      for (const stream of [stdout, stderr, stdin]) stream.destroy(asError(reported))
      reject(reported)
    }
  })
  const destroy = () => {
    dropped = true
    socket.destroy()
  }
  return {
    stdin,
    stdout,
    stderr,
    closed,
    destroy,
    async [Symbol.asyncDispose]() {
      destroy()
    },
  }
}
