import { realNow } from '../clock/real-time.ts'
import type { ContainerGroup } from './container-group.ts'

export interface GroupPlace {
  readonly subscriptionId: string
  readonly resourceGroup?: string | undefined
}

/** All groups, and for a while those that are gone, for lists that are late. Names are the same whatever their case. */
export class GroupStore {
  readonly #groups = new Map<string, ContainerGroup>()
  #gone: { readonly group: ContainerGroup; readonly at: number }[] = []

  get(subscriptionId: string, resourceGroup: string, name: string): ContainerGroup | null {
    return this.#groups.get(keyOf(subscriptionId, resourceGroup, name)) ?? null
  }

  add(group: ContainerGroup): void {
    this.#groups.set(keyOf(group.subscriptionId, group.resourceGroup, group.name), group)
  }

  /** Forgets a group, unless another has taken its name. */
  delete(group: ContainerGroup): void {
    const key = keyOf(group.subscriptionId, group.resourceGroup, group.name)
    if (this.#groups.get(key) !== group) return
    this.#groups.delete(key)
    this.#gone.push({ group, at: realNow() })
  }

  all(): readonly ContainerGroup[] {
    return [...this.#groups.values()]
  }

  /** Those of a place, by name, as they were known so many real milliseconds ago. */
  list({ subscriptionId, resourceGroup }: GroupPlace, staleInMs: number): readonly ContainerGroup[] {
    const then = realNow() - staleInMs
    this.#gone = this.#gone.filter(({ at }) => at > then - 60_000)
    const gone = this.#gone.filter(({ at }) => at > then).map(({ group }) => group)
    return [...this.#groups.values(), ...(staleInMs > 0 ? gone : [])]
      .filter(
        (group) =>
          same(group.subscriptionId, subscriptionId) &&
          (resourceGroup === undefined || same(group.resourceGroup, resourceGroup)) &&
          (staleInMs === 0 || group.createdAt <= then),
      )
      .sort((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
  }
}

function orderOf({ name, resourceGroup }: ContainerGroup): string {
  return `${name}/${resourceGroup.toLowerCase()}`
}

function same(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('/').toLowerCase()
}
