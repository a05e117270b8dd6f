import { type ChannelMessage, encodeMessage, newMessage, PAYLOAD } from './channel-message.ts'

/** What a client sends, put in order; each message is acknowledged, one that comes twice is taken once. */
export class IncomingStream {
  readonly #send: (frame: Buffer) => void
  readonly #take: (message: ChannelMessage) => void
  readonly #early = new Map<number, ChannelMessage>()
  #expected = 0

  constructor(options: { send: (frame: Buffer) => void; take: (message: ChannelMessage) => void }) {
    this.#send = options.send
    this.#take = options.take
  }

  receive(message: ChannelMessage): void {
    this.#acknowledge(message)
    if (message.sequence < this.#expected) return
    this.#early.set(message.sequence, message)
    for (;;) {
      const next = this.#early.get(this.#expected)
      if (!next) return
      this.#early.delete(this.#expected)
      this.#expected += 1
      this.#take(next)
    }
  }

  #acknowledge({ type, id, sequence }: ChannelMessage): void {
    const payload = Buffer.from(
      JSON.stringify({
        AcknowledgedMessageType: type,
        AcknowledgedMessageId: id,
        AcknowledgedMessageSequenceNumber: sequence,
        IsSequentialMessage: true,
      }),
    )
    const flags = 3
    const fields = { type: 'acknowledge', sequence: 0, flags, payloadType: PAYLOAD.none, payload }
    this.#send(encodeMessage(newMessage(fields)))
  }
}
