import type { PlannedContainer } from '@berth/core'
import { BerthError } from '@berth/core'
import type { Creation } from './creation.ts'
import { engineStamp } from './docker-stamps.ts'
import { listenForPullEnd } from './listen-for-pull-end.ts'
import { mapDockerError } from './map-docker-error.ts'
import { type FoundCredentials, findPullCredentials } from './pull-credentials.ts'
import { PullMeter } from './pull-meter.ts'

/** Pulls the image of one container, tells how far it is, and when it began and ended. An abort ends it at once. */
export async function pullImage(
  creation: Creation,
  planned: PlannedContainer,
  signal: AbortSignal,
): Promise<void> {
  const { context, host, platform } = creation
  const { image, name: container } = planned
  const credentials = await findPullCredentials(planned, signal)
  const sentAt = performance.now()
  const meter = new PullMeter(image)
  using end = listenForPullEnd(host.engine, image, signal)
  try {
    const stream = await host.engine.images.pull(image, { platform, auth: credentials.auth, signal })
    context.evidence({
      kind: 'sighting',
      mark: 'pull-started',
      container,
      earliest: sentAt,
      latest: performance.now(),
      source: 'pull answer',
    })
    for await (const message of stream) {
      const progress = meter.take(message, performance.now())
      if (progress) context.progress(progress)
    }
  } catch (error) {
    throw withLookUp(mapDockerError(error, { image }), credentials)
  }
  context.evidence({
    kind: 'sighting',
    mark: 'pull-ended',
    container,
    earliest: sentAt,
    latest: performance.now(),
    source: 'pull answer',
  })
  for (const stamp of engineStamp('pull-ended', 'event pull', await end.time(), { container })) {
    context.evidence(stamp)
  }
}

/** A refusal may be for want of credentials that could not be looked up: then both are told. */
function withLookUp(error: unknown, { problem }: FoundCredentials): unknown {
  if (!BerthError.isInstance(error) || problem === undefined) return error
  return new BerthError({
    code: error.code,
    message: `${error.message}; no credentials were sent, because ${problem}`,
    retryable: error.retryable,
    cause: error.cause,
    outcomeUnknown: error.outcomeUnknown,
  })
}
