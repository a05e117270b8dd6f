import type { Slots } from '../call/slots.ts'
import type { GroupPlan } from '../contract/group-plan.ts'
import { type Attempt, BerthError } from '../errors/berth-error.ts'
import type { RunHandle } from '../run/run-handle.ts'
import type { RunServices } from '../run/run-services.ts'
import { newRun, type RunRequest } from './new-run.ts'

/** What another place may have where this one has not. All else would fail there too, or is the caller's own mistake. */
const TRIES_ELSEWHERE: ReadonlySet<string> = new Set([
  'capacity',
  'quota',
  'rate-limited',
  'unavailable',
  'timeout',
])
const DEFAULT_PLACEMENT_TIMEOUT = '2m'

/** A call of `run()`: the same plan for each place, in the order to try. */
export interface PlaceRequest extends Omit<RunRequest, 'plan' | 'earlier'> {
  readonly plans: readonly GroupPlan[]
}

/**
 * Starts a group in the first place that has room for it. Where there is another to try, a place counts only once the cloud has found
 * room there, for some clouds accept first and look then; what was made in vain is confirmed gone before the next try.
 */
export async function placeRun(
  { plans, ...request }: PlaceRequest,
  services: RunServices,
  creates: Slots,
): Promise<RunHandle> {
  const { signal, options } = request
  const attempts: Attempt[] = []
  for (const [index, plan] of plans.entries()) {
    const startedAt = new Date()
    try {
      const run = await creates.use(signal, () => newRun({ ...request, plan, earlier: attempts }, services))
      if (index < plans.length - 1) {
        await settle(run, { signal, timeout: options.placementTimeout ?? DEFAULT_PLACEMENT_TIMEOUT })
      }
      return run
    } catch (error) {
      if (!BerthError.isInstance(error)) throw error
      attempts.push({
        provider: services.provider,
        place: plan.region,
        startedAt,
        endedAt: new Date(),
        error,
      })
      // What could not be removed may still take the place that it was refused: that is for the caller to know, not to be doubled.
      const isLeft = (error.evidence.left ?? []).length > 0
      if (isLeft || index === plans.length - 1 || !TRIES_ELSEWHERE.has(error.code)) {
        throw plans.length === 1 ? error : error.with({ attempts })
      }
    }
  }
  throw new RangeError('a run needs a place')
}

/** Waits until a place was found; where there is none, or the caller aborts, the run goes before the error does. */
async function settle(run: RunHandle, options: Parameters<RunHandle['placed']>[0]): Promise<void> {
  try {
    await run.placed(options)
  } catch (error) {
    await run.remove().catch(() => {
      const left = { evidence: { left: [run.id] } }
      throw BerthError.isInstance(error) ? error.with(left) : error
    })
    throw error
  }
}
