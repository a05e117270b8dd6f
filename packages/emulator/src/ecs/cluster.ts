/** A cluster: with Fargate it is no more than a name that tasks share. */
export interface Cluster {
  readonly name: string
  readonly arn: string
  status: 'ACTIVE' | 'INACTIVE'
  readonly tags: Map<string, string>
  readonly settings: readonly { readonly name?: string; readonly value?: string }[]
  capacityProviders: readonly string[]
  defaultStrategy: readonly StrategyItem[]
}

/** One share of a strategy that says on which capacity tasks run. */
export interface StrategyItem {
  readonly capacityProvider?: string
  readonly weight?: number
  readonly base?: number
}
