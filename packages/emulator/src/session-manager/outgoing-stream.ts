import { encodeMessage, newMessage } from './channel-message.ts'

interface Unacknowledged {
  readonly sequence: number
  readonly frame: Buffer
  sentAt: number
}

/** How long an acknowledgement may take before a message is sent again, and how often that is looked at. */
const RESENT_AFTER_MS = 1_000
const LOOKED_AT_EVERY_MS = 200
/** So many bytes fit into one message. */
const MOST_BYTES = 1_024
/** What is written waits while so many messages are not acknowledged. */
const MOST_UNACKNOWLEDGED = 1_000

/** What the agent sends, numbered, and again until it was acknowledged. */
export class OutgoingStream {
  readonly #send: (frame: Buffer) => void
  readonly #timer: NodeJS.Timeout
  readonly #unacknowledged = new Map<string, Unacknowledged>()
  #sequence = 0
  #isPaused = false
  #held: Buffer[] = []
  #onDrained: () => void = () => {}

  constructor(send: (frame: Buffer) => void) {
    this.#send = send
    this.#timer = setInterval(() => this.#resend(), LOOKED_AT_EVERY_MS)
    this.#timer.unref()
  }

  write(payloadType: number, payload: Buffer): void {
    for (let from = 0; from === 0 || from < payload.length; from += MOST_BYTES)
      this.#writeOne(payloadType, payload.subarray(from, from + MOST_BYTES))
  }

  /** Whether the other side is so far behind that no more should be written until `whenDrained`. */
  get isFull(): boolean {
    return this.#unacknowledged.size >= MOST_UNACKNOWLEDGED
  }

  whenDrained(call: () => void): void {
    this.#onDrained = call
  }

  acknowledged(id: string): void {
    this.#unacknowledged.delete(id)
    if (!this.isFull) this.#onDrained()
  }

  /** The other side asks for silence, or for what was held back. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused
    if (isPaused) return
    for (const frame of this.#held.splice(0)) this.#send(frame)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #writeOne(payloadType: number, payload: Buffer): void {
    const sequence = this.#sequence
    this.#sequence += 1
    const flags = sequence === 0 ? 1 : 0
    const message = newMessage({ type: 'output_stream_data', sequence, flags, payloadType, payload })
    const frame = encodeMessage(message)
    this.#unacknowledged.set(message.id, { sequence, frame, sentAt: Date.now() })
    if (this.#isPaused) this.#held.push(frame)
    else this.#send(frame)
  }

  #resend(): void {
    if (this.#isPaused) return
    const [oldest] = this.#unacknowledged.values()
    if (!oldest || Date.now() - oldest.sentAt < RESENT_AFTER_MS) return
    oldest.sentAt = Date.now()
    this.#send(oldest.frame)
  }
}
