import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FaultSubject } from '../fault/fault-plan.ts'
import type { FaultEffect } from '../fault/fault-rule.ts'
import type { WireRequest, WireResponse } from './wire-message.ts'

/** One API on a listener of its own: ARM, AWS … It holds services; the server knows nothing of what they say. */
export interface Endpoint {
  readonly name: string
  /** Finds the operation that a request means and lets its caller in. Throws the API's own error where it does not. */
  understand(request: WireRequest): Call
  /** Any error in the API's own shape. */
  toResponse(error: unknown, request: WireRequest): WireResponse
  /** Puts on what every answer of this API carries. */
  complete(response: WireResponse, request: WireRequest): WireResponse
  /** Takes over a websocket's connection; false where there is none at that path. */
  upgrade?(message: IncomingMessage, socket: Duplex, head: Buffer, url: URL): boolean
}

/** A request that an endpoint has understood. Nothing has taken effect yet. */
export interface Call {
  readonly subject: FaultSubject
  /** Carries it out. The effects are those that the transport does not bring about itself. */
  perform(effects: readonly FaultEffect[]): Promise<WireResponse>
}
