import type { AdapterVerb, OwnershipTags } from '../src/index.ts'
import { MemoryCloud, memory } from './memory-cloud.ts'

/** A cloud on which something else can happen just as a call takes effect, and on which others write tags. */
export class WatchedCloud extends MemoryCloud {
  /** Called as each call takes effect; what it throws is the call's answer. */
  atEffect: (verb: AdapterVerb, refs: readonly string[]) => void = () => {}
  /** The most removals that were under way at one time. */
  mostRemovals = 0
  #removals = 0

  override async answer<T>(
    verb: AdapterVerb,
    refs: readonly string[],
    signal: AbortSignal,
    work: () => T,
  ): Promise<T> {
    if (verb === 'remove') this.#removals += 1
    this.mostRemovals = Math.max(this.mostRemovals, this.#removals)
    try {
      return await super.answer(verb, refs, signal, () => {
        this.atEffect(verb, refs)
        return work()
      })
    } finally {
      if (verb === 'remove') this.#removals -= 1
    }
  }

  /** A run that no handle of this process holds, with the tags that some process wrote. */
  async leave(tags: Partial<OwnershipTags> = {}): Promise<string> {
    const run = await memory({ cloud: this }).run({ image: 'nginx', lifetime: 'keep' })
    this.tag(run.ref, tags)
    return run.ref
  }

  tag(ref: string, tags: Partial<OwnershipTags>): void {
    const group = this.groups.get(ref)
    if (group === undefined) throw new Error(`there is no ${ref}`)
    group.tags = { ...group.tags, ...tags }
  }

  get refs(): string[] {
    return [...this.groups.keys()].sort()
  }
}
