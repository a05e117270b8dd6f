import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { EngineConnection } from './engine-connection.ts'
import { pumpBody } from './pump-body.ts'

/** A request that is ready for the wire. */
export interface OutgoingExchange {
  readonly method: string
  /** With version prefix and query. */
  readonly path: string
  /** Names and values in turn, all but the host's: so Node.js takes them as they are. */
  readonly headers: readonly string[]
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
  /** Whether the connection is to become a raw one. */
  readonly upgrade: boolean
  readonly signal?: AbortSignal | undefined
}

/** The engine's answer: its headers are here, its body (or the upgraded connection) is still to be read. */
export interface IncomingAnswer {
  readonly response: IncomingMessage
  /** Where the connection was upgraded: the raw connection. */
  readonly upgraded?: Duplex
  /** performance.now() just before the request's headers could be written. */
  readonly sentAt: number
  /** performance.now() when the response's headers had been read. */
  readonly receivedAt: number
}

/** No answer came. */
export class ExchangeFailure extends Error {
  readonly code: string | undefined
  /** Whether the request may have reached the engine. */
  readonly sent: boolean
  /** Whether it went over a connection that had been kept alive. */
  readonly reused: boolean

  constructor(cause: NodeJS.ErrnoException, sent: boolean, reused: boolean) {
    super(cause.message, { cause })
    this.code = cause.code
    this.sent = sent
    this.reused = reused
  }
}

const connectTimeoutInMs = 10_000

/**
 * Sends one request and settles when its answer's headers are here. The signal stays in force until the
 * body has been read: aborting destroys it with the signal's reason.
 *
 * @throws ExchangeFailure when no answer came; the signal's reason; what the body's source threw
 */
export function exchange(
  connection: EngineConnection,
  outgoing: OutgoingExchange,
  fresh = false,
): Promise<IncomingAnswer> {
  return new Promise((resolve, reject) => {
    const { signal, body } = outgoing
    if (signal?.aborted) {
      reject(signal.reason)
      return
    }
    const request = connection.open(outgoing, fresh)
    // known once the request has its socket
    let sentAt = 0
    let sent = false
    let answer: IncomingMessage | Duplex | undefined

    const abort = () => {
      reject(signal?.reason)
      if (answer) answer.destroy(asError(signal?.reason))
      else request.destroy()
    }
    const forgetSignal = () => signal?.removeEventListener('abort', abort)
    signal?.addEventListener('abort', abort, { once: true })
    const isStreamed = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)

    request.on('socket', (socket) => {
      sentAt = performance.now()
      if (!socket.connecting) {
        sent = true
        return
      }
      const secure = 'encrypted' in socket
      const timer =
        connection.endpoint.kind === 'tcp'
          ? setTimeout(giveUpConnecting, connectTimeoutInMs, request)
          : undefined
      socket.once('connect', () => {
        sentAt = performance.now()
        if (!secure) sent = true
      })
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        sent = true
        clearTimeout(timer)
      })
      socket.once('close', () => clearTimeout(timer))
    })
    const settle = (response: IncomingMessage, upgraded?: Duplex) => {
      const receivedAt = performance.now()
      answer = upgraded ?? response
      if (signal) answer.once('close', forgetSignal)
      resolve(upgraded ? { response, upgraded, sentAt, receivedAt } : { response, sentAt, receivedAt })
    }
    request.on('response', (response) => {
      settle(response)
      // an answer that came before the whole body was taken (a refusal): the connection is of no further use
      if (isStreamed) response.once('close', () => request.writableEnded || request.destroy())
    })
    if (outgoing.upgrade) {
      request.once('upgrade', (response, socket, head) => {
        if (head.length > 0) socket.unshift(head)
        settle(response, socket)
      })
    }
    // stays for good: after the answer, its own stream reports what goes wrong
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (!answer) forgetSignal()
      reject(new ExchangeFailure(error, sent, request.reusedSocket))
    })

    if (!isStreamed) request.end(body)
    else {
      pumpBody(body, request).catch((error: unknown) => {
        reject(error)
        request.destroy()
      })
    }
  })
}

function giveUpConnecting(request: ClientRequest): void {
  const error: NodeJS.ErrnoException = new Error(`no connection within ${connectTimeoutInMs} ms`)
  error.code = 'ETIMEDOUT'
  request.destroy(error)
}

/** What a stream can be destroyed with: an abort's reason may be any value. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason })
}
