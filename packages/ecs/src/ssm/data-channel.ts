import { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { type AgentMessage, decodeMessage, encodeMessage, FLAGS_ALONE, PAYLOAD } from './agent-message.ts'
import { MessageOrder } from './message-order.ts'

/** The agent takes no more in one message. */
const LARGEST_INPUT = 1_024
/** What was not acknowledged by then is sent again. */
const SEND_AGAIN_AFTER_MS = 2_000
const LOOK_EVERY_MS = 500
/** An agent that wants no handshake has begun by then. */
const HANDSHAKE_WITHIN_MS = 5_000
const CLIENT_VERSION = '1.2.0.0'
const SUCCEEDED = 1
const UNSUPPORTED = 3

interface Sent {
  readonly frame: Buffer
  readonly at: number
}

/** The byte streams of a session: what is written goes to the program's terminal, what is read comes from it. Ends when the agent closes it. */
export class DataChannel extends Duplex {
  readonly #socket: WebSocket
  readonly #incoming = new MessageOrder()
  readonly #unacknowledged = new Map<number, Sent>()
  readonly #resend: NodeJS.Timeout
  readonly #handshake: NodeJS.Timeout
  #sequence = 0
  #isOpen = false
  #isPaused = false
  #waiting: (() => void)[] = []

  /** @param socket is open, and its token was sent */
  constructor(socket: WebSocket) {
    super({ allowHalfOpen: true })
    this.#socket = socket
    this.#resend = setInterval(() => this.#sendAgain(), LOOK_EVERY_MS).unref()
    this.#handshake = setTimeout(() => this.#begin(), HANDSHAKE_WITHIN_MS).unref()
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#take(data as Buffer)
    })
    socket.once('close', () => this.push(null))
    socket.on('error', (error) => this.destroy(error))
  }

  /** Sets the size of the terminal. */
  resize({ columns, rows }: { readonly columns: number; readonly rows: number }): void {
    this.#send(PAYLOAD.size, Buffer.from(JSON.stringify({ cols: columns, rows })))
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#whenOpen(() => {
      for (let start = 0; start < chunk.length; start += LARGEST_INPUT)
        this.#send(PAYLOAD.output, chunk.subarray(start, start + LARGEST_INPUT))
      done()
    })
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#resend)
    clearTimeout(this.#handshake)
    this.#waiting = []
    this.#socket.close()
    // The other side may be gone, and would never answer.
    setTimeout(() => this.#socket.terminate(), 1_000).unref()
    done(error)
  }

  #take(frame: Buffer): void {
    let message: AgentMessage
    try {
      message = decodeMessage(frame)
    } catch (error) {
      this.destroy(error as Error)
      return
    }
    switch (message.type) {
      case 'output_stream_data':
        this.#acknowledge(message)
        for (const next of this.#incoming.take(message)) this.#output(next)
        return
      case 'acknowledge':
        this.#unacknowledged.delete(acknowledged(message.payload))
        return
      case 'pause_publication':
        this.#isPaused = true
        return
      case 'start_publication':
        this.#isPaused = false
        this.#release()
        return
      case 'channel_closed':
        this.push(null)
        return
    }
  }

  #output({ payloadType, payload }: AgentMessage): void {
    switch (payloadType) {
      case PAYLOAD.handshakeRequest:
        this.#send(PAYLOAD.handshakeResponse, Buffer.from(JSON.stringify(answerHandshake(payload))))
        return
      case PAYLOAD.handshakeComplete:
        this.#begin()
        return
      case PAYLOAD.output:
      case PAYLOAD.stderr:
        this.#begin()
        // Copied: the socket's own memory is used again.
        if (!this.push(Buffer.from(payload))) this.#socket.pause()
        return
    }
  }

  #begin(): void {
    clearTimeout(this.#handshake)
    this.#isOpen = true
    this.#release()
  }

  #whenOpen(work: () => void): void {
    if (this.#isOpen && !this.#isPaused) work()
    else this.#waiting.push(work)
  }

  #release(): void {
    if (!this.#isOpen || this.#isPaused) return
    for (const work of this.#waiting.splice(0)) work()
  }

  #send(payloadType: number, payload: Uint8Array): void {
    const sequence = this.#sequence
    this.#sequence += 1
    const frame = encodeMessage({
      type: 'input_stream_data',
      sequence,
      flags: sequence === 0 ? 1 : 0,
      id: globalThis.crypto.randomUUID(),
      payloadType,
      payload,
    })
    this.#unacknowledged.set(sequence, { frame, at: performance.now() })
    this.#transmit(frame)
  }

  #sendAgain(): void {
    const now = performance.now()
    for (const [sequence, { frame, at }] of this.#unacknowledged) {
      if (now - at < SEND_AGAIN_AFTER_MS) continue
      this.#unacknowledged.set(sequence, { frame, at: now })
      this.#transmit(frame)
    }
  }

  #acknowledge({ type, id, sequence }: AgentMessage): void {
    const payload = Buffer.from(
      JSON.stringify({
        AcknowledgedMessageType: type,
        AcknowledgedMessageId: id,
        AcknowledgedMessageSequenceNumber: sequence,
        IsSequentialMessage: true,
      }),
    )
    this.#transmit(
      encodeMessage({
        type: 'acknowledge',
        sequence: 0,
        flags: FLAGS_ALONE,
        id: globalThis.crypto.randomUUID(),
        payloadType: 0,
        payload,
      }),
    )
  }

  #transmit(frame: Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame)
  }
}

/** The sequence number that an acknowledgement names; -1 for none of ours. */
function acknowledged(payload: Uint8Array): number {
  const { AcknowledgedMessageSequenceNumber: sequence } = parse(payload) as {
    readonly AcknowledgedMessageSequenceNumber?: number
  }
  return sequence ?? -1
}

/** Takes the kind of session that the agent names, and refuses encryption by a key of one's own, which we do not speak. */
function answerHandshake(payload: Uint8Array): object {
  const { RequestedClientActions: actions = [] } = parse(payload) as {
    readonly RequestedClientActions?: readonly { readonly ActionType?: string }[]
  }
  return {
    ClientVersion: CLIENT_VERSION,
    ProcessedClientActions: actions.map(({ ActionType }) => ({
      ActionType,
      ActionStatus: ActionType === 'SessionType' ? SUCCEEDED : UNSUPPORTED,
      ActionResult: null,
      ...(ActionType !== 'SessionType' && { Error: `${ActionType} is not supported` }),
    })),
    Errors: [],
  }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8')) ?? {}
  } catch {
    return {}
  }
}
