import type { WaitOptions } from '../contract/container-run.ts'
import { durationInMs } from '../contract/duration.ts'
import type { Probe } from '../contract/probe.ts'
import { BerthError } from '../errors/berth-error.ts'
import type { ReadinessTarget } from '../readiness/readiness-target.ts'
import { type Readiness, waitUntilReady } from '../readiness/wait-until-ready.ts'
import type { ReadinessBounds } from '../timeline/readiness-bounds.ts'
import { collectExec } from './collect-exec.ts'
import { openSession } from './open-session.ts'
import { hopeless, withEvidence } from './run-failure.ts'
import type { RunRecord } from './run-record.ts'
import type { RunServices } from './run-services.ts'
import { streamLogs } from './stream-logs.ts'
import { observeInto } from './wait-for.ts'

const DEFAULT_TIMEOUT = '10m'
const LAST_LOOK_IN_MS = 5_000

/** Waits until a run's probe succeeds and enters it into the run's timeline, or throws why it cannot, with evidence. */
export async function becomeReady(
  record: RunRecord,
  services: RunServices,
  options: WaitOptions & { readonly probe?: Probe | undefined },
): Promise<void> {
  options.signal?.throwIfAborted()
  const probe = options.probe ?? record.facts.probe
  const timeoutInMs = durationInMs(options.timeout ?? DEFAULT_TIMEOUT, 'timeout')
  options.signal?.throwIfAborted()
  if (record.detectedAt !== undefined && options.probe === undefined) return
  try {
    let found: Readiness | undefined
    let unsteady: ReadinessBounds | undefined
    found = await waitUntilReady(probe, targetOf(record, services), {
      signal: options.signal,
      listenForFailure: (fail) => listenForFailure(record, services, fail),
      timeoutInMs,
      onSteadiness: (bounds) => {
        if (!bounds.unsteady) return
        // It can be known before the success itself has come through the promise.
        if (found) record.detected(bounds, found)
        else unsteady = bounds
      },
    })
    if (found.connected) record.addEvidence(found.connected)
    record.detected(unsteady ?? found.bounds, found)
    if (services.adapter.watch === undefined) lookOnce(record, services)
  } catch (error) {
    if (error === options.signal?.reason && options.signal?.aborted) throw error
    throw BerthError.isInstance(error) ? await withEvidence(error, record, services) : error
  }
}

/** Keeps the run watched, and tells as soon as it cannot become ready any more. */
function listenForFailure(
  record: RunRecord,
  services: RunServices,
  fail: (error: unknown) => void,
): () => void {
  const subscription = observeInto(record, services, 'starting', fail)
  const look = () => {
    const reason = record.ending ?? hopeless(record) ?? removedByOthers(record)
    if (reason) fail(reason)
  }
  const stopListening = record.onChange(look)
  const stopListeningForEnding = record.onEnding(look)
  look()
  return () => {
    stopListening()
    stopListeningForEnding()
    subscription.close()
  }
}

/**
 * A cloud that is polled was last asked before it was ready: its stamps of the start's end are still to be had. They come to the timeline soon
 * after; nobody waits for them.
 */
function lookOnce(record: RunRecord, services: RunServices): void {
  const close = () => {
    clearTimeout(timer)
    stopListening()
    subscription.close()
  }
  const timer = setTimeout(close, LAST_LOOK_IN_MS).unref()
  const stopListening = record.onChange(({ kind }) => {
    if (kind === 'timeline') close()
  })
  const subscription = observeInto(record, services, 'steady', () => close(), false)
}

/** What this process ends itself has its own reason. */
function removedByOthers(record: RunRecord): BerthError | undefined {
  if (record.phase !== 'gone' || record.ending || record.main?.termination) return undefined
  const { provider, ref } = record.facts
  return new BerthError({ code: 'not-found', message: `${provider}/${ref} was removed by somebody else` })
}

/** The run as its probes see it. */
function targetOf(record: RunRecord, services: RunServices): ReadinessTarget {
  const { ref } = record.facts
  const { adapter } = services
  return {
    get startedAt() {
      return record.startedAt
    },
    get changedAt() {
      return record.changedAt
    },
    get phase() {
      return record.phase
    },
    get containers() {
      return record.containers
    },
    get addresses() {
      return record.addresses
    },
    defaultPort: record.facts.tcpPorts[0],
    onChange: (listener) => record.onChange(listener),
    ...(adapter.logs && {
      logs: ({ container, signal }) => streamLogs(ref, services, { follow: true, container }, signal),
    }),
    ...(adapter.exec && {
      exec: async (command, { container, signal }) =>
        collectExec(await openSession(ref, services, command, { container }, signal), undefined, signal),
    }),
  }
}
