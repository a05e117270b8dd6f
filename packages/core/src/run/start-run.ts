import { delay } from '../call/delay.ts'
import type { Created, Found } from '../contract/adapter.ts'
import type { GroupPlan } from '../contract/group-plan.ts'
import type { RunOptions } from '../contract/provider.ts'
import { BerthError } from '../errors/berth-error.ts'
import { redact } from '../secrets/redact.ts'
import type { TimelineRecorder } from '../timeline/timeline-recorder.ts'
import type { RunServices } from './run-services.ts'

/** Cleaning up after a failed start does not wait for ever for a cloud that does not answer. */
const CLEAN_UP_LIMIT_IN_MS = 30_000
const LOOK_AGAIN_IN_MS = 500
/** A create that failed this way made nothing, or hit something that is not ours to remove. */
const MADE_NOTHING: ReadonlySet<string> = new Set(['invalid-spec', 'unsupported', 'conflict'])

/**
 * Has the adapter make a plan's group. A lost answer is reconciled by the token; where it fails for good, or the caller aborts,
 * what was made is removed first, and what could not be is named in the error.
 */
export async function startRun(
  plan: GroupPlan,
  services: RunServices,
  recorder: TimelineRecorder,
  options: RunOptions,
  signal: AbortSignal,
): Promise<Created> {
  const { adapter, caller } = services
  let outcomeUnknown = false
  if (options.token !== undefined) await refuseOtherSpec(plan, services, signal)
  try {
    // Where the answer is lost the same name and token make a repetition find what the first try made.
    const created = await caller.call(
      'create',
      async (context) => {
        try {
          return await adapter.create(plan, {
            ...context,
            evidence: (evidence) => recorder.add(evidence),
            progress: (progress) => options.onProgress?.(progress),
          })
        } catch (error) {
          // An abort hides the adapter's error behind the caller's reason, but not what it says of the outcome.
          if (BerthError.isInstance(error) && error.outcomeUnknown) outcomeUnknown = true
          throw error
        }
      },
      signal,
    )
    // Who aborted will not take the handle: what was made meanwhile goes.
    signal.throwIfAborted()
    return created
  } catch (error) {
    if (BerthError.isInstance(error) && MADE_NOTHING.has(error.code)) throw error
    const reconciled = outcomeUnknown && !signal.aborted ? await findMade(plan, services) : undefined
    if (
      reconciled &&
      reconciled.observation.failure === undefined &&
      reconciled.observation.phase === 'placed'
    ) {
      return { ref: reconciled.ref, observation: reconciled.observation }
    }
    const left = await removeMade(plan, services, outcomeUnknown)
    if (left.length === 0) throw error
    throw nameLeft(error, left, services.provider)
  }
}

/** A token names one spec for ever; a name on the cloud, which an adapter can tell apart by itself, also depends on the spec. */
async function refuseOtherSpec(plan: GroupPlan, services: RunServices, signal: AbortSignal): Promise<void> {
  const query = { tokenHash: plan.tags['berth-token'] }
  const there = await services.caller.call(
    'find',
    (context) => Array.fromAsync(services.adapter.find(query, context)),
    signal,
  )
  const other = there.find(({ tags }) => tags['berth-spec'] !== plan.tags['berth-spec'])
  if (other === undefined) return
  throw new BerthError({
    code: 'conflict',
    message: `${services.provider}: this token belongs to ${other.ref}, which was started with another spec; use another token, or remove that run first`,
    provider: services.provider,
    operation: 'create',
  })
}

async function findMade(plan: GroupPlan, services: RunServices): Promise<Found | undefined> {
  try {
    for await (const found of foundOfPlan(plan, services)) return found
  } catch {
    // The cloud still cannot be asked; the clean-up that follows says so.
  }
  return undefined
}

/**
 * Removes what this very call made: its owner tag is its own, so a run of an earlier call with the same token is left alone. Where the
 * outcome is unknown, an absence is believed only once the cloud's settle window has passed.
 */
async function removeMade(
  plan: GroupPlan,
  services: RunServices,
  outcomeUnknown: boolean,
): Promise<string[]> {
  const settledAt = performance.now() + (outcomeUnknown ? services.adapter.lease.settleInMs : 0)
  for (;;) {
    try {
      const made = await Array.fromAsync(foundOfPlan(plan, services))
      if (made.length > 0) return await removeEach(made, services)
    } catch {
      return outcomeUnknown
        ? [`${services.provider}/${plan.name} (perhaps: the cloud could not be asked)`]
        : []
    }
    const waitInMs = settledAt - performance.now()
    if (waitInMs <= 0) return []
    await delay(Math.min(waitInMs, LOOK_AGAIN_IN_MS))
  }
}

async function removeEach(made: readonly Found[], services: RunServices): Promise<string[]> {
  const left: string[] = []
  for (const { ref } of made) {
    const signal = AbortSignal.timeout(CLEAN_UP_LIMIT_IN_MS)
    await services.caller
      .call('remove', (context) => services.adapter.remove(ref, context), signal)
      .catch(() => left.push(`${services.provider}/${ref}`))
  }
  return left
}

async function* foundOfPlan(plan: GroupPlan, services: RunServices): AsyncGenerator<Found> {
  const signal = AbortSignal.timeout(CLEAN_UP_LIMIT_IN_MS)
  const query = { tokenHash: plan.tags['berth-token'], name: plan.name }
  const found = await services.caller.call(
    'find',
    async (context) => Array.fromAsync(services.adapter.find(query, context)),
    signal,
  )
  yield* found.filter(({ tags }) => tags['berth-owner'] === plan.tags['berth-owner'])
}

function nameLeft(error: unknown, left: readonly string[], provider: string): unknown {
  const advice = `; still there: ${left.join(', ')}, which 'berth rm' or the next sweep removes`
  if (BerthError.isInstance(error)) {
    return new BerthError({
      code: error.code,
      message: error.message + advice,
      retryable: error.retryable,
      retryAfterInMs: error.retryAfterInMs,
      provider: error.provider,
      operation: error.operation,
      requestId: error.requestId,
      cause: error.cause,
      evidence: { ...error.evidence, left },
      attempts: error.attempts,
      outcomeUnknown: error.outcomeUnknown,
    })
  }
  // The caller's own reason is thrown unchanged; what is left hangs on an error beside it.
  const text = error instanceof Error ? error.message : String(error)
  return new BerthError({
    code: 'unavailable',
    message: `the start was ended (${redact(text)}) and could not be cleaned up${advice}`,
    provider,
    operation: 'create',
    cause: error,
    evidence: { left },
  })
}
