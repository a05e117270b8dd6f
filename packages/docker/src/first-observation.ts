import type { Observation } from '@berth/core'
import type { Creation } from './creation.ts'
import { type DockerHost, viewOf } from './docker-host.ts'
import type { EngineLocation } from './engine-location.ts'
import { inspectGroup } from './inspect-group.ts'
import { mapDockerState } from './map-docker-state.ts'

/** The state right after the start. The event stream is there by then, so that nothing that follows is missed. */
export async function firstObservation(
  { host, plan, context, adopted }: Creation,
  location: EngineLocation,
): Promise<Observation> {
  if (host.opening.size > 0) await untilSettled(host.opening, context.signal)
  const early = host.creating.get(plan.name)
  const asked = askFor(host, plan.name, location, context.signal)
  if (early) early.asked = asked
  const state = await asked
  if (adopted) return { ...state, evidence: [] }
  const { events = [], evidence = [] } = early ?? {}
  const observation = { ...state, events, evidence: [...state.evidence, ...evidence] }
  if (observation.addresses.length > 0) {
    context.evidence({
      kind: 'sighting',
      mark: 'addressed',
      latest: performance.now(),
      source: 'inspect answer',
    })
  }
  return observation
}

/** Once this is asked events are newer than what is known, and go their own way. */
async function askFor(
  host: DockerHost,
  ref: string,
  location: EngineLocation,
  signal: AbortSignal,
): Promise<Observation> {
  const state = mapDockerState(ref, await inspectGroup(host, ref, signal), location)
  host.views.set(ref, viewOf(state))
  host.creating.delete(ref)
  return state
}

async function untilSettled(promises: ReadonlySet<Promise<unknown>>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    await Promise.race([Promise.allSettled(promises), aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
