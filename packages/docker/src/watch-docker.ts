import type { WatchMessage } from '@berth/core'
import type { DockerHost } from './docker-host.ts'
import type { EngineEvent } from './engine/index.ts'
import { mapDockerError } from './map-docker-error.ts'
import { observeEvent, takeEarly } from './observe-event.ts'

const FILTERS = {
  type: ['container'],
  label: ['berth-run'],
  event: ['create', 'start', 'die', 'oom', 'health_status', 'destroy'],
}

/** The states of the runs that this process knows as they change, from one event stream of the engine. */
export async function* watchDocker(host: DockerHost, signal: AbortSignal): AsyncGenerator<WatchMessage> {
  try {
    // The engine answers a moment before it listens: `since` closes the gap, without telling of what was long before.
    const since = (Date.now() / 1_000).toFixed(3)
    // Most of what a burst of starts brings is known to whoever starts them: it is taken as it comes, and wakes nobody.
    const select = (event: EngineEvent) => !takeEarly(host, event)
    const opening = host.engine.events({ filters: FILTERS, since, select, signal })
    host.opening.add(opening)
    const stream = await opening.finally(() => host.opening.delete(opening))
    yield { kind: 'connected' }
    for (const view of host.views.values()) view.stale = true
    for await (const event of stream) {
      const observation = await observeEvent(host, event, signal)
      if (observation) yield { kind: 'observation', observation }
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : mapDockerError(error)
  }
}
