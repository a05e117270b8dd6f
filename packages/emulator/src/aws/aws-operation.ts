import type { FaultEffect } from '../fault/fault-rule.ts'
import type { WireRequest } from '../server/wire-message.ts'

export interface AwsRequest {
  readonly wire: WireRequest
  /** The one that the request is signed for. */
  readonly region: string
  /** What the protocol carries, parsed. */
  input<Input>(): Input
  /** What shall go wrong with it, that the transport does not bring about itself. */
  readonly effects: readonly FaultEffect[]
}

/** One operation of a service. */
export interface AwsOperation {
  /** By the name of its service model: `RunTask`. */
  readonly name: string
  /** The resource that a request is about, for faults that match by name. */
  readonly resourceName?: ((request: AwsRequest) => string | undefined) | undefined
  /** The output, as the protocol renders it. Throws `AwsError`. */
  handle(request: AwsRequest): object | Promise<object>
}
