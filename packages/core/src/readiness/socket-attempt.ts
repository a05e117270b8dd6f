import type { OnReadOpts, Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { Address } from '../contract/address.ts'
import type { Attempt, AttemptEnd, AttemptListener } from './attempt.ts'
import { lookupName } from './name-lookup.ts'

const RECEIVED_IN_BYTES = 4_096

/** What it is called when the other side ends a connection without saying anything. */
export const CLOSED = 'closed the connection without an answer'

/** Ends the attempt, in words that follow its subject: `answered 503`. Only the first call counts. */
export type EndAttempt = (outcome: AttemptEnd['outcome'], words: string, refused?: boolean) => void

export interface SocketAttemptOptions {
  readonly address: Address
  readonly secure: boolean
  readonly background: boolean
  /** What is asked, for people: `GET http://127.0.0.1:80/`. */
  readonly subject: string
  readonly listener: AttemptListener
  /** Says on the new socket what this kind of probe does; it may be written to before it is connected. */
  readonly speak: (socket: Socket, end: EndAttempt) => void
  /**
   * Hears what the other side says, past the socket's stream, which takes longer to hand on an answer than it takes to read one. The bytes
   * are others' as soon as it returns. Left out: `speak` reads the stream.
   */
  readonly hear?: ((chunk: Buffer, end: EndAttempt) => void) | undefined
}

/** One attempt over a socket of its own. Errors and closing are failures, save those that tell nothing of the other side. */
export function startSocketAttempt(options: SocketAttemptOptions): Attempt {
  const { listener, subject, hear } = options
  let over = false
  // What `speak` reads itself may be anything.
  let spoke = hear === undefined
  const socket = connect(
    options,
    hear &&
      ((chunk) => {
        spoke = true
        if (!over) hear(chunk, end)
      }),
  )
  if (options.background) socket.unref()
  const end: EndAttempt = (outcome, words, refused = false) => {
    if (over) return
    over = true
    const at = performance.now()
    socket.destroy()
    listener.ended({ at, outcome, words: `${subject} ${words}`, refused, spoke })
  }
  socket.on('connect', () => {
    if (!over) listener.connected()
  })
  // Stays for good: a destroyed socket may still report an error, which nobody else would hear.
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const { outcome, words } = explain(error)
    end(outcome, words, error.code === 'ECONNREFUSED')
  })
  socket.on('close', () => end('failure', CLOSED))
  options.speak(socket, end)
  return {
    abort: () => {
      over = true
      socket.destroy()
    },
  }
}

let net: typeof import('node:net') | undefined
/** Shared, and without the root certificates, since none is verified: a quarter of the CPU that an attempt with its own takes. */
let trustless: SecureContext | undefined
/** Where all plain sockets put what they receive: it is heard before the next receives anything. */
let received: Buffer | undefined

// The modules are fetched here, not imported: most processes that import core never probe.
function connect(
  { address, secure }: SocketAttemptOptions,
  hear: ((chunk: Buffer) => void) | undefined,
): Socket {
  const { host, port } = address
  net ??= process.getBuiltinModule('node:net')
  if (!secure) return net.connect({ host, port, lookup: lookupName, ...(hear && { onread: into(hear) }) })
  const tls = process.getBuiltinModule('node:tls')
  trustless ??= tls.createSecureContext({ ca: [] })
  const socket = tls.connect({
    host,
    port,
    lookup: lookupName,
    rejectUnauthorized: false,
    secureContext: trustless,
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
  })
  if (hear) socket.on('data', hear)
  return socket
}

function into(hear: (chunk: Buffer) => void): OnReadOpts {
  received ??= Buffer.alloc(RECEIVED_IN_BYTES)
  const buffer = received
  return {
    buffer,
    callback: (bytes) => {
      hear(buffer.subarray(0, bytes))
      return true
    },
  }
}

/** Failures are what the other side said; what this machine or the way between them said tells nothing of the container. */
function explain(error: NodeJS.ErrnoException): Pick<AttemptEnd, 'outcome' | 'words'> {
  switch (error.code) {
    case 'ECONNREFUSED':
      return { outcome: 'failure', words: 'refused the connection' }
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
      return { outcome: 'failure', words: 'reset the connection' }
    case 'EPROTO':
      return { outcome: 'failure', words: 'does not speak TLS' }
    default:
      if (error.code?.startsWith('ERR_SSL') === true)
        return { outcome: 'failure', words: 'does not speak TLS' }
      return { outcome: 'silent', words: `could not be reached (${error.code ?? error.message})` }
  }
}
