import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AwsError } from './aws-error.ts'
import type { AwsOperation } from './aws-operation.ts'
import type { AwsProtocol } from './aws-protocol.ts'

/** One service of AWS, as the endpoint needs it. */
export interface AwsService {
  /** Of a signature's scope: `ecs`, `ec2`, `logs`. */
  readonly name: string
  readonly protocol: AwsProtocol
  readonly operations: readonly AwsOperation[]
  /** Counts a call against the service's own limits; false where it is one too many. */
  admits(operation: string, region: string): boolean
  /** How the service says that it is asked too often. */
  throttled(operation: string): AwsError
  upgrade?(message: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean
  /** Ends whatever it runs. */
  close?(): Promise<void>
}
