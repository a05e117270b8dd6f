import type { FaultEffect } from '../fault/fault-rule.ts'

/** One operation of a Google API, whichever protocol asks for it. */
export interface GoogleOperation {
  readonly service: string
  /** As the API's own specification names it: `GetCluster`. */
  readonly name: string
  readonly method: 'GET'
  /** find-my-way's form. */
  readonly path: string
  /** Which part of the path is the resource's name, for fault rules. */
  readonly nameParameter?: string | undefined
  /** The answer, as the API's JSON writes it. Throws `GoogleError`. */
  handle(request: GoogleRequest): object
}

export interface GoogleRequest {
  /** What the path, or a gRPC message's resource name, says. */
  readonly parameters: Readonly<Record<string, string>>
  readonly effects: readonly FaultEffect[]
}
