import type { Found } from '../contract/adapter.ts'
import { parseExpiresTag, parseLifetimeTag } from '../lease/lifetime-tags.ts'
import { addRunMethods } from '../run/add-run-methods.ts'
import { RunHandle } from '../run/run-handle.ts'
import { MAIN, RunRecord } from '../run/run-record.ts'
import type { RunServices } from '../run/run-services.ts'
import { TimelineRecorder } from '../timeline/timeline-recorder.ts'

/** Another process' plan is not known here; ten seconds are what most engines wait. */
const USUAL_STOP_GRACE_IN_MS = 10_000

/** The handle of a run that some process started: it can do all that the starter's can, but holds no scope. */
export function foundRun(found: Found, services: RunServices): RunHandle {
  const firstPort = found.tcpPorts[0]
  const record = new RunRecord(
    {
      provider: services.provider,
      ref: found.ref,
      name: found.tags['berth-run'],
      image: found.image ?? 'unknown',
      labels: found.labels,
      createdAt: found.createdAt,
      startedHere: false,
      tcpPorts: found.tcpPorts,
      probe: firstPort === undefined ? { kind: 'started' } : { kind: 'tcp', port: firstPort },
      stopGraceInMs: USUAL_STOP_GRACE_IN_MS,
      attempts: [],
      notes: [],
      priced: found.priced,
    },
    new TimelineRecorder({
      // Nobody here saw the request; the cloud's own word on when it was made stands for it.
      requestedAt: performance.now() - (Date.now() - found.createdAt.getTime()),
      mainContainer: MAIN,
      clocks: services.adapter.clocks,
    }),
    parseLifetimeTag(found.tags['berth-lifetime']),
    parseExpiresTag(found.tags['berth-expires']),
  )
  record.observe(found.observation)
  return addRunMethods(new RunHandle(record, services, false), record, services)
}
