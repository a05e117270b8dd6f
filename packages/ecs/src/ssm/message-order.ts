import type { AgentMessage } from './agent-message.ts'

/** Puts messages into the order of their numbers: some come twice, for their acknowledgement was late, and some before their turn. */
export class MessageOrder {
  readonly #early = new Map<number, AgentMessage>()
  #next = 0

  /** The messages whose turn has come with this one. */
  take(message: AgentMessage): AgentMessage[] {
    if (message.sequence >= this.#next) this.#early.set(message.sequence, message)
    const ready: AgentMessage[] = []
    for (;;) {
      const next = this.#early.get(this.#next)
      if (next === undefined) return ready
      this.#early.delete(this.#next)
      this.#next += 1
      ready.push(next)
    }
  }
}
