import type { Adapter, CallContext } from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import type { AciSubject } from './aci-error-meaning.ts'
import type { AciQuotas } from './aci-options.ts'
import { aciPacing } from './aci-pacing.ts'
import { aciRates } from './aci-rates.ts'
import { ACI_CLOCKS } from './aci-stamps.ts'
import { attachAciSession } from './attach-aci-session.ts'
import { checkAci } from './check-aci.ts'
import { createContainerGroup } from './create-container-group.ts'
import { findContainerGroups } from './find-container-groups.ts'
import { mapAciError } from './map-aci-error.ts'
import { openAciSession } from './open-aci-session.ts'
import { pollContainerGroups } from './poll-container-groups.ts'
import { removeContainerGroup } from './remove-container-group.ts'
import { renewLeases } from './renew-leases.ts'
import { restartContainerGroup } from './restart-container-group.ts'
import { stopContainerGroup } from './stop-container-group.ts'
import { streamAciLogs } from './stream-aci-logs.ts'
import { validatePlan } from './validate-plan.ts'

const MINUTE_IN_MS = 60_000

/** The verbs of an account. */
export function aciAdapter(account: AciAccount, quotas?: AciQuotas): Adapter {
  return {
    clocks: ACI_CLOCKS,
    // A renewal is two calls for each run. What a lost order has made is there within seconds, but a group can take a minute and a half to go.
    lease: { lengthInMs: 15 * MINUTE_IN_MS, settleInMs: 15_000, removeInMs: 3 * MINUTE_IN_MS },
    pacing: aciPacing(quotas),

    check: (context) => checkAci(account, context),
    validate: validatePlan,
    create: (plan, context) =>
      translate(
        context,
        { ref: plan.name, image: plan.containers[0]?.image, location: plan.region ?? account.knownLocation },
        account,
        () => createContainerGroup(account, plan, context),
      ),
    poll: (refs, context) =>
      translate(context, {}, account, () => pollContainerGroups(account, refs, context)),
    find: (query, context) =>
      translateEach(context, {}, account, findContainerGroups(account, query, context)),
    renew: (renewals, context) =>
      translate(context, {}, account, () => renewLeases(account, renewals, context)),
    stop: (ref, _options, context) =>
      translate(context, { ref }, account, () => stopContainerGroup(account, ref, context)),
    remove: (ref, context) =>
      translate(context, { ref }, account, () => removeContainerGroup(account, ref, context)),
    rates: (plan) => aciRates(plan, account.knownLocation),
    logs: (ref, query, context) =>
      translateEach(context, { ref }, account, streamAciLogs(account, ref, query, context)),
    exec: (ref, command, options, context) =>
      translate(context, { ref }, account, () => openAciSession(account, ref, command, options, context)),
    attach: (ref, options, context) =>
      translate(context, { ref }, account, () => attachAciSession(account, ref, options, context)),
    restart: (ref, _options, context) =>
      translate(context, { ref }, account, () => restartContainerGroup(account, ref, context)),
    close: async () => account.views.clear(),
  }
}

/** Throws what the adapter's contract allows: the abort's reason, or a BerthError. One that leaves the outcome open says so even then. */
async function translate<T>(
  { signal }: CallContext,
  subject: AciSubject,
  account: AciAccount,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const mapped = mapAciError(error, { ...subject, resourceGroup: account.knownResourceGroup })
    if (!signal.aborted || isOutcomeUnknown(mapped)) throw mapped
    throw signal.reason
  }
}

async function* translateEach<T>(
  { signal }: CallContext,
  subject: AciSubject,
  account: AciAccount,
  items: AsyncIterable<T>,
): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw signal.aborted
      ? signal.reason
      : mapAciError(error, { ...subject, resourceGroup: account.knownResourceGroup })
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'outcomeUnknown' in error && error.outcomeUnknown === true
  )
}
