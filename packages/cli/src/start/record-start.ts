import { type ContainerSpec, defaultProbe } from '@berth/core'
import { formatProbe } from '../arguments/parse-probe.ts'
import { startError } from '../output/error-json.ts'
import { idOf, type OpenProvider } from '../providers/open-provider.ts'
import type { StartRecord } from '../report/start-record.ts'
import type { Start } from './start.ts'

/** What is known of a start as data. Call it after the run was removed, so that the cost is the whole. */
export function recordStart(
  { run, failure }: Start,
  on: OpenProvider,
  spec: ContainerSpec,
  requestedAt: Date,
): StartRecord {
  return {
    provider: on.name,
    adapter: on.provider.capabilities.name,
    emulated: on.provider.emulated !== undefined,
    ...(on.provider.emulated !== undefined && { emulation: on.provider.emulated }),
    image: spec.image,
    id: run ? idOf(on, run) : null,
    status: failure ? 'failed' : 'ready',
    ...(failure && { error: startError(failure.error) }),
    timeline: run?.timeline.toJSON() ?? null,
    cost: run?.cost() ?? null,
    requestedAt: (run?.timeline.requestedAt ?? requestedAt).toISOString(),
    place: run?.attempts.at(-1)?.place,
    url: run?.url,
    probe: formatProbe(defaultProbe(spec)),
    notes: run?.notes ?? [],
  }
}
