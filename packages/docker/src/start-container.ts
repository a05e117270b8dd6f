import { awaitAnswer } from './await-answer.ts'
import type { MadeContainer } from './create-container.ts'
import type { Creation } from './creation.ts'
import { mapDockerError } from './map-docker-error.ts'

/**
 * When the first instruction of a container's program ran, against the call that started it: it lay within the last 4.3 % of the call in
 * 60 starts one after the other, about 8 % under load, and up to 1.4 ms after its answer (Docker Engine 20.10 on two cores, 2026-11-23,
 * `pnpm --filter @berth/benchmarks run coverage`). The engine's own `StartedAt` is no better: it is written after the fact, 2.5 ms
 * late to 6.6 ms early.
 */
const LAST_PART_OF_CALL = 0.15
const LAST_PART_IN_MS = 10
const AFTER_ANSWER_IN_MS = 5

/** Starts a container that was made. One that has run before is left as it is: it may have ended, and that is an answer too. */
export async function startContainer(
  { host, context }: Creation,
  { id, name, planned, existing, body }: MadeContainer,
  signal: AbortSignal,
): Promise<void> {
  if (existing && existing.State.Status !== 'created') return
  const sentAt = performance.now()
  try {
    const started = await awaitAnswer(`starting ${name}`, signal, () => host.engine.containers.start(id))
    if (!started || !planned) return
    const receivedAt = performance.now()
    const lastPartInMs = Math.max(LAST_PART_IN_MS, LAST_PART_OF_CALL * (receivedAt - sentAt))
    context.evidence({
      kind: 'sighting',
      mark: 'started',
      container: planned.name,
      earliest: Math.max(sentAt, receivedAt - lastPartInMs),
      latest: receivedAt + AFTER_ANSWER_IN_MS,
      source: 'start answer',
    })
  } catch (error) {
    throw mapDockerError(error, { ref: name, image: body.Image })
  }
}
