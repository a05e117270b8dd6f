import type { Instant } from '../contract/evidence.ts'
import type { Attempt } from './attempt.ts'

/** The oldest attempt is left so much time, whatever the others are: some services answer nothing sooner. */
const LONGEST_PATIENCE_IN_MS = 30_000

export interface InFlight extends Attempt {
  readonly sentAt: Instant
}

/**
 * The attempts in flight, oldest first. When full, room is made only where one has been silent for longer than answers take. The
 * oldest of all is exempt from that: were each given up after 250 ms while none has answered, a service that takes 2 s
 * for every answer would never be found.
 */
export class AttemptWindow {
  readonly #attempts = new Set<InFlight>()

  get size(): number {
    return this.#attempts.size
  }

  /** The sent times of those in flight. */
  *outstanding(): IterableIterator<Instant> {
    for (const { sentAt } of this.#attempts) yield sentAt
  }

  add(attempt: InFlight): void {
    this.#attempts.add(attempt)
  }

  delete(attempt: InFlight): void {
    this.#attempts.delete(attempt)
  }

  /** Whether there is room for one more; gives up at most one for it, which is returned through `onGivenUp`. */
  makeRoom(
    limit: number,
    patienceInMs: number,
    now: Instant,
    onGivenUp: (attempt: InFlight) => void,
  ): boolean {
    if (this.size < limit) return true
    const [oldest, next] = this.#attempts
    const victim = [
      oldest && now - oldest.sentAt > LONGEST_PATIENCE_IN_MS ? oldest : undefined,
      next && now - next.sentAt > patienceInMs ? next : undefined,
    ].find((attempt) => attempt !== undefined)
    if (victim === undefined) return false
    this.#attempts.delete(victim)
    victim.abort()
    onGivenUp(victim)
    return this.size < limit
  }

  abortAll(): void {
    for (const attempt of this.#attempts) attempt.abort()
    this.#attempts.clear()
  }
}
