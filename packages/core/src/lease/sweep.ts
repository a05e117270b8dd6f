import type { Found } from '../contract/adapter.ts'
import type { SweepOptions, SweepReport, SweptRun } from '../contract/provider.ts'
import { redact } from '../secrets/redact.ts'
import { parseExpiresTag } from './lifetime-tags.ts'
import { isOwnerGone } from './owner.ts'

/** What a sweep needs of a provider. */
export interface Sweepable {
  readonly provider: string
  find(query: { readonly ref?: string }): Promise<readonly Found[]>
  remove(ref: string): Promise<void>
  /** Removes what runs share and none uses any more. */
  tidy(options: { readonly dryRun: boolean }): Promise<readonly string[]>
}

/** Whether a run is wanted no more, and why or why not, in words. */
function judge(found: Found, now: number): { readonly expired: boolean; readonly reason: string } {
  const { 'berth-expires': expires, 'berth-lifetime': lifetime, 'berth-owner': owner } = found.tags
  const expiresAt = parseExpiresTag(expires)
  // A renewal of its former holder may still have written an end after it was handed over to be kept.
  if (expiresAt === null || lifetime === 'keep')
    return { expired: false, reason: 'kept until somebody removes it' }
  if (expiresAt.getTime() <= now) return { expired: true, reason: `expired at ${expiresAt.toISOString()}` }
  // Exactly this word: what a later version calls otherwise may well outlive its process.
  if (lifetime === 'scope' && isOwnerGone(owner)) {
    return { expired: true, reason: 'the process that held it is gone' }
  }
  return { expired: false, reason: `wanted until ${expiresAt.toISOString()}` }
}

/** Removes what is ours and wanted no more. Nothing else is looked at, let alone touched. Throws RangeError for a concurrency that is none. */
export async function sweepRuns(target: Sweepable, options: SweepOptions): Promise<SweepReport> {
  const { concurrency = 8 } = options
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`sweep: concurrency is ${concurrency}, and must be a whole number of at least 1`)
  }
  const removed: SweptRun[] = []
  const kept: SweptRun[] = []
  const failed: (SweptRun & { readonly error: string })[] = []
  const expired: { readonly found: Found; readonly swept: SweptRun }[] = []
  for (const found of await target.find({})) {
    const { expired: isExpired, reason } = judge(found, Date.now())
    const swept = sweptRun(target.provider, found, reason)
    if (isExpired) expired.push({ found, swept })
    else kept.push(swept)
  }
  const removeNext = async (): Promise<void> => {
    for (let next = expired.shift(); next !== undefined; next = expired.shift()) {
      options.signal?.throwIfAborted()
      if (options.dryRun) {
        removed.push(next.swept)
        continue
      }
      try {
        // The list may be old by now: its owner may have renewed it, or another sweep have removed it.
        const current = await currentState(target, next.found.ref)
        if (current !== null && !judge(current, Date.now()).expired) {
          kept.push(sweptRun(target.provider, current, judge(current, Date.now()).reason))
          continue
        }
        if (current !== null) await target.remove(next.found.ref)
        removed.push(next.swept)
      } catch (error) {
        options.signal?.throwIfAborted()
        failed.push({ ...next.swept, error: redact(error instanceof Error ? error.message : String(error)) })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, expired.length) }, removeNext))
  const dryRun = options.dryRun ?? false
  return { provider: target.provider, dryRun, removed, kept, failed, tidied: await target.tidy({ dryRun }) }
}

async function currentState(target: Sweepable, ref: string): Promise<Found | null> {
  return (await target.find({ ref })).find((found) => found.ref === ref) ?? null
}

function sweptRun(provider: string, found: Found, reason: string): SweptRun {
  return {
    id: `${provider}/${found.ref}`,
    name: found.tags['berth-run'],
    image: found.image,
    createdAt: found.createdAt,
    expiresAt: parseExpiresTag(found.tags['berth-expires']),
    reason,
    parts: found.parts,
  }
}
