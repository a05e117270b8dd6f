import { awaitAnswer } from './await-answer.ts'
import type { MadeContainer } from './create-container.ts'
import type { Creation } from './creation.ts'
import { mapDockerError } from './map-docker-error.ts'

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
    context.evidence({
      kind: 'sighting',
      mark: 'started',
      container: planned.name,
      earliest: sentAt,
      latest: performance.now(),
      source: 'start answer',
    })
  } catch (error) {
    throw mapDockerError(error, { ref: name, image: body.Image })
  }
}
