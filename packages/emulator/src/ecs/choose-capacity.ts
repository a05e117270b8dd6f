import type { Cluster, StrategyItem } from './cluster.ts'
import { invalidParameter } from './ecs-errors.ts'
import type { RunTaskBody } from './run-task-body.ts'

export interface Capacity {
  readonly provider: 'FARGATE' | 'FARGATE_SPOT'
  readonly isByStrategy: boolean
}

/** On which capacity each of the tasks is to run: by launch type, by the request's strategy, or by the cluster's. */
export function chooseCapacity(
  { launchType, capacityProviderStrategy, count = 1 }: RunTaskBody,
  cluster: Cluster,
): readonly Capacity[] {
  if (launchType !== undefined && capacityProviderStrategy !== undefined)
    throw invalidParameter('Specify either a launch type or a capacity provider strategy, not both.')
  if (launchType === 'FARGATE')
    return Array.from({ length: count }, () => ({ provider: 'FARGATE', isByStrategy: false }))
  if (launchType !== undefined && launchType !== 'EC2' && launchType !== 'EXTERNAL')
    throw invalidParameter(`Invalid launch type: ${launchType}.`)
  const strategy = capacityProviderStrategy ?? cluster.defaultStrategy
  if (launchType !== undefined || strategy.length === 0)
    throw invalidParameter('No Container Instances were found in your cluster.')
  for (const { capacityProvider = '' } of strategy) {
    if (!cluster.capacityProviders.includes(capacityProvider))
      throw invalidParameter(
        `The specified capacity provider '${capacityProvider}' is not associated with the cluster.`,
      )
  }
  return spread(strategy, count).map((provider) => ({
    provider: provider as Capacity['provider'],
    isByStrategy: true,
  }))
}

/** First each item's base, then by weight. */
function spread(strategy: readonly StrategyItem[], count: number): readonly string[] {
  const chosen = strategy.flatMap(({ capacityProvider = '', base = 0 }) =>
    Array.from({ length: base }, () => capacityProvider),
  )
  const based = chosen.length
  const weighted = strategy.filter(({ weight = 0 }) => weight > 0)
  if (weighted.length === 0 && chosen.length < count)
    throw invalidParameter('At least one capacity provider of the strategy must have a weight above 0.')
  const share = ({ capacityProvider, weight = 0 }: StrategyItem) =>
    chosen.slice(based).filter((provider) => provider === capacityProvider).length / weight
  while (chosen.length < count) {
    const least = weighted.reduce((left, right) => (share(right) < share(left) ? right : left))
    chosen.push(least.capacityProvider ?? '')
  }
  return chosen.slice(0, count)
}
