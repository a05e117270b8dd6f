import type { EngineClient } from '@berth/docker/engine'
import type { OwnerLabels } from './emulator-labels.ts'

/** The engine as one backend uses it. */
export interface DockerPlace {
  readonly engine: EngineClient
  /** The emulator's: everything on the engine is named after it. */
  readonly name: string
  readonly labels: OwnerLabels
  readonly processorCount: number
  /** Keeps bytes as they are, which the usual json-file does not; undefined where the engine has no such thing. */
  readonly logDriver: 'local' | undefined
  /** Whether this machine reaches a container's own address. Otherwise its ports are published on loopback. */
  readonly bridgeIsReachable: boolean
}
