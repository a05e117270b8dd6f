import type { MachineClock } from '../clock/machine-clock.ts'
import type { World } from '../world.ts'
import type { EventRecorder } from './events/event-recorder.ts'
import type { KubernetesDialect } from './kubernetes-dialect.ts'
import type { NodeSettings } from './kubernetes-options.ts'
import type { ObjectStore } from './objects/object-store.ts'

/** A machine of the cluster. */
export interface ClusterNode extends NodeSettings {
  readonly clock: MachineClock
  /** Where it is reached. */
  readonly address: string
  /** What it has pulled. */
  readonly images: Set<string>
}

/** What all of the cluster's parts share. */
export interface KubernetesParts {
  readonly world: World
  readonly dialect: KubernetesDialect
  readonly store: ObjectStore
  readonly events: EventRecorder
  readonly nodes: readonly ClusterNode[]
}
