import type { ClientTokens } from './client-tokens.ts'
import type { Cluster } from './cluster.ts'
import type { TaskDefinitionStore } from './task-definition-store.ts'
import type { TaskStore } from './task-store.ts'

/** What an account has of ECS in one region. */
export interface EcsRegion {
  readonly clusters: Map<string, Cluster>
  readonly definitions: TaskDefinitionStore
  readonly tasks: TaskStore
  readonly tokens: ClientTokens
}
