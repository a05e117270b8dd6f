import { NEVER_ABORTED } from '../call/never-aborted.ts'
import type { Instant } from '../contract/evidence.ts'
import type { GroupPlan } from '../contract/group-plan.ts'
import type { Probe } from '../contract/probe.ts'
import type { RunOptions } from '../contract/provider.ts'
import type { Attempt } from '../errors/berth-error.ts'
import { parseLifetimeTag } from '../lease/lifetime-tags.ts'
import { addRunMethods } from '../run/add-run-methods.ts'
import { holdScope } from '../run/held-scopes.ts'
import { RunHandle } from '../run/run-handle.ts'
import { MAIN, RunRecord } from '../run/run-record.ts'
import type { RunServices } from '../run/run-services.ts'
import { startRun } from '../run/start-run.ts'
import { observeInto } from '../run/wait-for.ts'
import { TimelineRecorder } from '../timeline/timeline-recorder.ts'
import { linger } from '../watch/linger.ts'

/** The longest delay that a timer takes. */
const LONGEST_TIMER_IN_MS = 2 ** 31 - 1

/** A call of `run()`, in one place. */
export interface RunRequest {
  readonly plan: GroupPlan
  readonly probe: Probe
  readonly requestedAt: Instant
  readonly options: RunOptions
  readonly signal: AbortSignal
  /** The tries in other places before this one. */
  readonly earlier: readonly Attempt[]
}

/** Starts a plan's group and gives its handle. */
export async function newRun(request: RunRequest, services: RunServices): Promise<RunHandle> {
  const { plan, probe, requestedAt, options, signal, earlier } = request
  const { adapter, dates, observer, provider } = services
  const recorder = new TimelineRecorder({ requestedAt, mainContainer: MAIN, clocks: adapter.clocks })
  dates.seed(recorder)
  // The creating call's own answers are the nearest to the marks.
  const stopFollowing = dates.follow(recorder)
  const expectation = observer.expect()
  const startedAt = new Date()
  try {
    const created = await startRun(plan, services, recorder, requestedAt, options, signal)
    recorder.add({ kind: 'sighting', mark: 'accepted', latest: performance.now(), source: 'create answer' })
    const lifetime = parseLifetimeTag(plan.tags['berth-lifetime'])
    const main = plan.containers[0]
    const record = new RunRecord(
      {
        provider,
        ref: created.ref,
        name: plan.name,
        image: main?.image ?? '',
        labels: plan.labels,
        createdAt: new Date(performance.timeOrigin + requestedAt),
        startedHere: !created.existed,
        tcpPorts: (main?.ports ?? []).filter(({ protocol }) => protocol === 'tcp').map(({ port }) => port),
        probe,
        stopGraceInMs: plan.stopGraceInMs,
        attempts: [...earlier, { provider, place: plan.region, startedAt, endedAt: new Date() }],
        notes: created.notes ?? [],
        priced: plan,
      },
      recorder,
      lifetime,
      created.expiresAt,
    )
    const run = addRunMethods(
      new RunHandle(record, services, lifetime === 'scope' && !created.existed),
      record,
      services,
    )
    if (!created.existed) keepAlive(run, record, plan, services)
    if (created.observation) {
      try {
        record.observe(created.observation)
      } catch (error) {
        // A state that cannot be is the adapter's mistake; the run whose handle nobody gets for it must not stay.
        await run.remove().catch(() => {})
        throw services.caller.complete('create', error, NEVER_ABORTED)
      }
    }
    // A run stays observed for a while, so that nothing is missed before the caller begins to wait on it.
    linger(observeInto(record, services, 'starting', () => {}, expectation.unbroken))
    return run
  } finally {
    stopFollowing()
    expectation.end()
  }
}

/** Does for a new run what its lifetime asks of the process that started it. */
function keepAlive(run: RunHandle, record: RunRecord, plan: GroupPlan, services: RunServices): void {
  if (record.lifetime === 'scope') {
    holdScope(run)
    services.keeper.hold(
      {
        ref: run.ref,
        renewed: (expiresAt) => {
          record.expiresAt = expiresAt
        },
      },
      record.expiresAt === null ? undefined : record.expiresAt.getTime() - Date.now(),
    )
  }
  const { maxLifetimeInMs } = plan
  if (maxLifetimeInMs === undefined || services.capabilities.maxLifetime === 'native') return
  if (maxLifetimeInMs > LONGEST_TIMER_IN_MS) return
  run.removeAfter(maxLifetimeInMs)
}
