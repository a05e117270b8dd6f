export interface ResourceGroup {
  readonly subscriptionId: string
  /** As it was written when it was made. */
  readonly name: string
  readonly location: string
  tags: Readonly<Record<string, string>> | undefined
  provisioningState: 'Succeeded' | 'Deleting'
}

/** Something that holds resources of a group: a resource provider. */
export interface ResourceHolder {
  /** Ends and removes every one of them. */
  removeAllOf(group: ResourceGroup): Promise<void>
}

/** Names of groups are the same whatever their case. */
export class ResourceGroupStore {
  readonly #groups = new Map<string, ResourceGroup>()

  get(subscriptionId: string, name: string): ResourceGroup | null {
    return this.#groups.get(keyOf(subscriptionId, name)) ?? null
  }

  list(subscriptionId: string): readonly ResourceGroup[] {
    return [...this.#groups.values()].filter(
      (group) => group.subscriptionId.toLowerCase() === subscriptionId.toLowerCase(),
    )
  }

  add(group: ResourceGroup): void {
    this.#groups.set(keyOf(group.subscriptionId, group.name), group)
  }

  delete(group: ResourceGroup): void {
    this.#groups.delete(keyOf(group.subscriptionId, group.name))
  }
}

function keyOf(subscriptionId: string, name: string): string {
  return `${subscriptionId}/${name}`.toLowerCase()
}
