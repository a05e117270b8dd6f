import { durationInMs } from '../contract/duration.ts'
import type { Lifetime } from '../contract/lifetime.ts'

/** A lifetime as its tag says it. */
export function lifetimeTag(lifetime: Lifetime): string {
  if (lifetime === 'scope' || lifetime === 'keep') return lifetime
  return 'lease' in lifetime
    ? `lease-${wholeSeconds(durationInMs(lifetime.lease, 'lifetime.lease'))}`
    : `max-${wholeSeconds(durationInMs(lifetime.maxLifetime, 'lifetime.maxLifetime'))}`
}

/** The lifetime that a tag says. A tag that nobody of ours wrote counts as a scope: it ends by its expiry. */
export function parseLifetimeTag(tag: string): Lifetime {
  if (tag === 'keep') return 'keep'
  const match = /^(lease|max)-(\d+)$/.exec(tag)
  if (match === null) return 'scope'
  return match[1] === 'lease' ? { lease: `${Number(match[2])}s` } : { maxLifetime: `${Number(match[2])}s` }
}

/** When a run of this lifetime may be swept if nothing renews it from now on; null: never. */
export function expiryFrom(now: number, lifetime: Lifetime, leaseInMs: number): Date | null {
  if (lifetime === 'keep') return null
  if (lifetime === 'scope') return new Date(now + leaseInMs)
  return new Date(
    now + ('lease' in lifetime ? durationInMs(lifetime.lease) : durationInMs(lifetime.maxLifetime)),
  )
}

/** An expiry as its tag says it: seconds since the epoch, rounded up so that it never comes early. */
export function expiresTag(expiresAt: Date | null): string {
  return expiresAt === null ? 'never' : String(wholeSeconds(expiresAt.getTime()))
}

/** The expiry that a tag says. Throws nothing: an unreadable one is never swept, for we cannot have written it, nor one that no date can hold. */
export function parseExpiresTag(tag: string): Date | null {
  return /^\d{1,12}$/.test(tag) ? new Date(Number(tag) * 1_000) : null
}

function wholeSeconds(inMs: number): number {
  return Math.ceil(inMs / 1_000)
}
