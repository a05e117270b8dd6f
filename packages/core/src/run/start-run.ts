import { delay } from '../call/delay.ts'
import { REMOVAL_POLICY } from '../call/retry.ts'
import type { Created, Found } from '../contract/adapter.ts'
import type { Instant } from '../contract/evidence.ts'
import type { GroupPlan, OwnershipTags } from '../contract/group-plan.ts'
import type { RunOptions } from '../contract/provider.ts'
import { BerthError } from '../errors/berth-error.ts'
import { expiresTag, parseExpiresTag } from '../lease/lifetime-tags.ts'
import { redact } from '../secrets/redact.ts'
import type { TimelineRecorder } from '../timeline/timeline-recorder.ts'
import type { RunServices } from './run-services.ts'

/** Cleaning up after a failed start does not wait for ever for a cloud that does not answer; an adapter may ask for more. */
const USUAL_REMOVAL_IN_MS = 30_000
const LOOK_AGAIN_IN_MS = 500
/** Where a create failed this way before it made anything, and the cloud cannot be asked either, the one is the reason of the other. */
const OUT_OF_REACH: ReadonlySet<string> = new Set(['unavailable', 'authentication', 'permission'])

/** What a creating call made, and until when its lease lasts. */
export interface Started extends Created {
  readonly expiresAt: Date | null
}

/**
 * Has the adapter make a plan's group. A lost answer is reconciled by the token; where it fails for good, or the caller aborts,
 * what was made is removed first, and what could not be is named in the error.
 */
export async function startRun(
  plan: GroupPlan,
  services: RunServices,
  recorder: TimelineRecorder,
  requestedAt: Instant,
  options: RunOptions,
  signal: AbortSignal,
): Promise<Started> {
  const { adapter, caller } = services
  let outcomeUnknown = false
  let hasMade = false
  let begun = false
  let created: Created | undefined
  let { tags } = plan
  if (options.token !== undefined) await refuseOtherSpec(plan, services, signal)
  try {
    // Where the answer is lost the same name and token make a repetition find what the first try made.
    created = await caller.call(
      'create',
      async (context) => {
        begun = true
        const current = () => {
          tags = freshTags(plan, requestedAt)
          return tags
        }
        try {
          return await adapter.create(
            { ...plan, tags: current() },
            {
              ...context,
              mayExist: outcomeUnknown || hasMade || options.token !== undefined,
              made: () => {
                hasMade = true
              },
              tags: current,
              evidence: (evidence) => recorder.add(evidence),
              progress: (progress) => options.onProgress?.(progress),
            },
          )
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
    return { ...created, expiresAt: parseExpiresTag(tags['berth-expires']) }
  } catch (error) {
    if (!begun) throw error
    const reconciled = outcomeUnknown && !signal.aborted ? await findMade(plan, services) : undefined
    if (
      reconciled?.complete &&
      reconciled.observation.failure === undefined &&
      reconciled.observation.phase !== 'stopped'
    ) {
      return {
        ref: reconciled.ref,
        observation: reconciled.observation,
        expiresAt: parseExpiresTag(reconciled.tags['berth-expires']),
      }
    }
    // A run of a token that the caller chose may be an earlier call's: only its tags tell.
    const left =
      created !== undefined && options.token === undefined
        ? await removeEach([created], services)
        : await removeMade(plan, services, { outcomeUnknown, hasMade, error })
    if (left.length === 0) throw error
    throw nameLeft(error, left, services.provider)
  }
}

/** How a creating call failed, and what is known of what it made before. */
interface FailedCreate {
  /** The answer to a request that makes something was lost. */
  readonly outcomeUnknown: boolean
  /** Something was made, in one of its tries. */
  readonly hasMade: boolean
  readonly error: unknown
}

/** The lease counts from the creating call: a run may have waited long for its turn, or for a retry. */
function freshTags({ tags }: GroupPlan, requestedAt: Instant): OwnershipTags {
  const waitedInMs = Math.floor((performance.now() - requestedAt) / 1_000) * 1_000
  if (waitedInMs === 0 || tags['berth-lifetime'].startsWith('max-')) return tags
  const expiresAt = parseExpiresTag(tags['berth-expires'])
  if (expiresAt === null) return tags
  return { ...tags, 'berth-expires': expiresTag(new Date(expiresAt.getTime() + waitedInMs)) }
}

function cleanUpLimit({ adapter }: RunServices): number {
  return adapter.lease.removeInMs ?? USUAL_REMOVAL_IN_MS
}

/** Whether nothing was made because the cloud could not be asked: it is out of reach, or both calls name the very same thing that is missing. */
function isOneReason(failure: unknown, ofLooking: unknown): boolean {
  if (OUT_OF_REACH.has(codeOf(failure))) return true
  return (
    BerthError.isInstance(failure) &&
    BerthError.isInstance(ofLooking) &&
    failure.code === ofLooking.code &&
    failure.message === ofLooking.message
  )
}

function codeOf(error: unknown): string {
  return BerthError.isInstance(error) ? error.code : ''
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
  { outcomeUnknown, hasMade, error: failure }: FailedCreate,
): Promise<string[]> {
  const settledAt = performance.now() + (outcomeUnknown ? services.adapter.lease.settleInMs : 0)
  for (;;) {
    try {
      const made = await Array.fromAsync(foundOfPlan(plan, services))
      if (made.length > 0) return await removeEach(made, services)
    } catch (error) {
      return outcomeUnknown || hasMade || !isOneReason(failure, error)
        ? [`${services.provider}/${plan.name} (perhaps: the cloud could not be asked)`]
        : []
    }
    const waitInMs = settledAt - performance.now()
    if (waitInMs <= 0) return []
    await delay(Math.min(waitInMs, LOOK_AGAIN_IN_MS))
  }
}

async function removeEach(
  made: readonly { readonly ref: string }[],
  services: RunServices,
): Promise<string[]> {
  const left: string[] = []
  for (const { ref } of made) {
    const signal = AbortSignal.timeout(cleanUpLimit(services))
    await services.caller
      .call('remove', (context) => services.adapter.remove(ref, context), signal, REMOVAL_POLICY)
      .catch(() => left.push(`${services.provider}/${ref}`))
  }
  return left
}

async function* foundOfPlan(plan: GroupPlan, services: RunServices): AsyncGenerator<Found> {
  const signal = AbortSignal.timeout(cleanUpLimit(services))
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
