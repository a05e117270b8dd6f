import type { Adapter, CallContext } from '@berth/core'
import { checkEcs } from './check-ecs.ts'
import { createTask } from './create-task.ts'
import type { EcsAccount } from './ecs-account.ts'
import type { EcsQuotas } from './ecs-options.ts'
import { ecsPacing } from './ecs-pacing.ts'
import { ecsRates } from './ecs-rates.ts'
import { ECS_CLOCKS } from './ecs-stamps.ts'
import { findTasks } from './find-tasks.ts'
import { type EcsSubject, mapEcsError } from './map-ecs-error.ts'
import { openEcsSession } from './open-ecs-session.ts'
import { pollTasks } from './poll-tasks.ts'
import { removeTask } from './remove-task.ts'
import { renewLeases } from './renew-leases.ts'
import { setUpEcs } from './set-up-ecs.ts'
import { stopTask } from './stop-task.ts'
import { streamEcsLogs } from './stream-ecs-logs.ts'
import { tearDownEcs } from './tear-down-ecs.ts'
import { tidyDefinitions } from './tidy-definitions.ts'
import { validatePlan } from './validate-plan.ts'

const MINUTE_IN_MS = 60_000

/** The verbs of an account. */
export function ecsAdapter(account: EcsAccount, quotas?: EcsQuotas): Adapter {
  return {
    clocks: ECS_CLOCKS,
    // A renewal is a call for each run. What a lost order has made is listed within seconds; a task has two minutes to end, and its network some.
    lease: { lengthInMs: 15 * MINUTE_IN_MS, settleInMs: 15_000, removeInMs: 4 * MINUTE_IN_MS },
    pacing: ecsPacing(quotas),

    check: (context) => checkEcs(account, context),
    setup: (context) => translate(context, {}, () => setUpEcs(account, context)),
    teardown: (options, context) => translate(context, {}, () => tearDownEcs(account, options, context)),
    validate: (plan) => validatePlan(plan, account.place.subnets !== undefined),
    create: (plan, context) =>
      translate(context, { ref: plan.name, image: plan.containers[0]?.image }, () =>
        createTask(account, plan, context),
      ),
    poll: (refs, context) => translate(context, {}, () => pollTasks(account, refs, context)),
    find: (query, context) => translateEach(context, {}, findTasks(account, query, context)),
    renew: (renewals, context) => translate(context, {}, () => renewLeases(account, renewals, context)),
    stop: (ref, _options, context) => translate(context, { ref }, () => stopTask(account, ref, context)),
    remove: (ref, context) => translate(context, { ref }, () => removeTask(account, ref, context)),
    tidy: (options, context) => translate(context, {}, () => tidyDefinitions(account, options, context)),
    rates: (plan) => ecsRates(plan, account.knownRegion),
    logs: (ref, query, context) =>
      translateEach(context, { ref }, streamEcsLogs(account, ref, query, context)),
    exec: (ref, command, options, context) =>
      translate(context, { ref }, () => openEcsSession(account, ref, command, options, context)),
    close: async () => {
      account.views.clear()
      account.aws.close()
    },
  }
}

/** Throws what the adapter's contract allows: the abort's reason, or a BerthError. One that leaves the outcome open says so even then. */
async function translate<T>(
  { signal }: CallContext,
  subject: EcsSubject,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const mapped = mapEcsError(error, subject)
    if (!signal.aborted || isOutcomeUnknown(mapped)) throw mapped
    throw signal.reason
  }
}

async function* translateEach<T>(
  { signal }: CallContext,
  subject: EcsSubject,
  items: AsyncIterable<T>,
): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw signal.aborted ? signal.reason : mapEcsError(error, subject)
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'outcomeUnknown' in error && error.outcomeUnknown === true
  )
}
