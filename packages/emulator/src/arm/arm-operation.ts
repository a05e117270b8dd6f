import type { FaultEffect } from '../fault/fault-rule.ts'
import type { WireRequest, WireResponse } from '../server/wire-message.ts'

/** One operation of ARM or of a resource provider behind it. */
export interface ArmOperation {
  readonly service: string
  /** As the API's own specification names it: `ContainerGroups_Get`. */
  readonly name: string
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** find-my-way's form. What `:subscriptionId` and `:resourceGroupName` name is looked up before the operation is called. */
  readonly path: string
  /** `Microsoft.ContainerInstance/containerGroups`, where a resource provider answers. */
  readonly type?: string | undefined
  /** What `api-version` may be; any date where it is left out. */
  readonly apiVersions?: readonly string[] | undefined
  /** `none`: no bearer token is asked for, nor an `api-version`. Default `bearer`. */
  readonly authentication?: 'bearer' | 'none' | undefined
  /** Whether the resource group must exist. Default: whether the path names one. */
  readonly needsResourceGroup?: boolean | undefined
  /** Which part of the path is the resource's name, for fault rules. Default `resourceGroupName`. */
  readonly nameParameter?: string | undefined
  /** The region that it acts in, for fault rules, where the path does not tell. */
  readonly region?: (request: ArmRequest) => string | undefined
  readonly handle: (request: ArmRequest) => WireResponse | Promise<WireResponse>
}

export interface ArmRequest {
  readonly wire: WireRequest
  readonly parameters: Readonly<Record<string, string>>
  readonly apiVersion: string
  /** The resource's name, by the operation's `nameParameter`. */
  readonly resourceName?: string | undefined
  /** The body as JSON. Throws `InvalidRequestContent` where it is none. */
  readonly body: <Body>() => Body
  readonly effects: readonly FaultEffect[]
}
