import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ArmOperation } from './arm-operation.ts'
import type { ResourceHolder } from './resource-group-store.ts'
import type { ProviderDescription } from './resource-providers.ts'

/** A resource provider behind ARM. */
export interface ArmService extends ResourceHolder {
  readonly provider: ProviderDescription
  readonly operations: readonly ArmOperation[]
  /** Takes over a websocket's connection; false where it has none at that path. */
  upgrade?(message: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean
  /** Ends and removes all that it runs. */
  close(): Promise<void>
}
