import type { Adapter, CallContext } from '@berth/core'
import { attachDockerSession } from './attach-docker-session.ts'
import { checkDocker } from './check-docker.ts'
import { copyInto, copyOutOf } from './copy-docker-files.ts'
import { createGroup } from './create-group.ts'
import type { DockerHost } from './docker-host.ts'
import { renewLeases } from './docker-leases.ts'
import { dockerRates } from './docker-rates.ts'
import { ENGINE_CLOCK } from './docker-stamps.ts'
import { findGroups } from './find-groups.ts'
import { forwardDockerPort } from './forward-docker-port.ts'
import { type DockerSubject, mapDockerError } from './map-docker-error.ts'
import { openDockerSession } from './open-docker-session.ts'
import { pollGroups } from './poll-groups.ts'
import { readDockerMetrics } from './read-docker-metrics.ts'
import { removeGroup } from './remove-group.ts'
import { restartGroup } from './restart-group.ts'
import { stopGroup } from './stop-group.ts'
import { streamDockerLogs } from './stream-docker-logs.ts'
import { validatePlan } from './validate-plan.ts'
import { watchDocker } from './watch-docker.ts'

const MINUTE_IN_MS = 60_000

/** The verbs of an engine. */
export function dockerAdapter(host: DockerHost): Adapter {
  return {
    // Its clock is free even on this machine: Docker Desktop's engine lives in a virtual one, and a start's own answers bind it anyway.
    clocks: { [ENGINE_CLOCK]: {} },
    // A renewal is two calls of a few milliseconds. An engine takes up a request at once or never: what it has not made seconds after its
    // connection broke it will not make.
    lease: { lengthInMs: 5 * MINUTE_IN_MS, settleInMs: 5_000 },
    // Eight starts at a time are as fast as fifty at once, with the first ready a third sooner.
    pacing: { batchSize: 100, concurrentCreates: 8 },

    check: (context) => checkDocker(host, context.signal),
    validate: validatePlan,
    create: (plan, context) =>
      translate(context, { ref: plan.name, image: plan.containers[0]?.image }, () =>
        createGroup(host, plan, context),
      ),
    poll: (refs, context) => translate(context, {}, () => pollGroups(host, refs, context.signal)),
    watch: ({ signal }) => watchDocker(host, signal),
    find: (query, context) => translateEach(context, findGroups(host, query, context.signal)),
    renew: (renewals, context) => translate(context, {}, () => renewLeases(host, renewals, context.signal)),
    stop: (ref, { graceInMs }, context) =>
      translate(context, { ref }, () => stopGroup(host, ref, graceInMs, context.signal)),
    remove: (ref, context) => translate(context, { ref }, () => removeGroup(host, ref, context.signal)),
    rates: () => dockerRates,
    logs: (ref, query, { signal }) => streamDockerLogs(host, ref, query, signal),
    exec: (ref, command, options, context) =>
      translate(context, { ref }, () => openDockerSession(host, ref, command, options, context.signal)),
    attach: (ref, options, context) =>
      translate(context, { ref }, () => attachDockerSession(host, ref, options, context.signal)),
    portForward: (ref, port, context) =>
      translate(context, { ref }, () => forwardDockerPort(host, ref, port, context.signal)),
    copyIn: (ref, path, tar, { container }, context) =>
      translate(context, { ref }, () => copyInto(host, ref, path, tar, container, context.signal)),
    copyOut: (ref, path, { container }, context) =>
      translate(context, { ref }, () => copyOutOf(host, ref, path, container, context.signal)),
    restart: (ref, { graceInMs }, context) =>
      translate(context, { ref }, () => restartGroup(host, ref, graceInMs, context.signal)),
    metrics: (ref, context) =>
      translate(context, { ref }, () => readDockerMetrics(host, ref, context.signal)),
    close: async () => host.engine.close(),
  }
}

/** Throws what the adapter's contract allows: the abort's reason, or a BerthError. One that leaves the outcome open says so even then. */
async function translate<T>(
  { signal }: CallContext,
  subject: DockerSubject,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const mapped = mapDockerError(error, subject)
    if (!signal.aborted || isOutcomeUnknown(mapped)) throw mapped
    throw signal.reason
  }
}

async function* translateEach<T>({ signal }: CallContext, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw signal.aborted ? signal.reason : mapDockerError(error)
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'outcomeUnknown' in error && error.outcomeUnknown === true
  )
}
