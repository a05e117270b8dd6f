import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import {
  type AdapterVerb,
  BerthError,
  type ContainerRun,
  type OwnershipTags,
  type Provider,
  type SweepReport,
  secret,
} from '../src/index.ts'
import { newOwnerTag } from '../src/lease/owner.ts'
import { MemoryCloud, memory } from './memory-cloud.ts'

const PAST = '1000000000'
const spec = { image: 'nginx' } as const
const onLinux = process.platform === 'linux'

/** A cloud on which something happens just as a call takes effect. */
class WatchedCloud extends MemoryCloud {
  before: (verb: AdapterVerb, refs: readonly string[]) => void = () => {}
  underWay = 0
  mostRemovals = 0

  override async answer<T>(verb: AdapterVerb, refs: readonly string[], signal: AbortSignal, work: () => T): Promise<T> {
    if (verb !== 'remove') return await super.answer(verb, refs, signal, () => this.#at(verb, refs, work))
    this.underWay += 1
    this.mostRemovals = Math.max(this.mostRemovals, this.underWay)
    try {
      return await super.answer(verb, refs, signal, () => this.#at(verb, refs, work))
    } finally {
      this.underWay -= 1
    }
  }

  #at<T>(verb: AdapterVerb, refs: readonly string[], work: () => T): T {
    this.before(verb, refs)
    return work()
  }

  /** Writes tags as another process, of whatever version, may have. */
  tag(ref: string, tags: Partial<OwnershipTags>): void {
    const group = this.groups.get(ref)
    if (group) group.tags = { ...group.tags, ...tags }
  }
}

/** Runs that no handle holds, each with tags of its own. */
async function runsTagged<C extends { readonly name: 'memory' }>(
  cloud: WatchedCloud,
  provider: Provider<C & typeof memory extends never ? never : never> | ReturnType<typeof memory>,
  tags: readonly Partial<OwnershipTags>[],
): Promise<ContainerRun[]> {
  return []
}
