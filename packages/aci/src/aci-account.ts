import type { AciOptions } from './aci-options.ts'
import type { AciLimit } from './aci-pacing.ts'
import { type AciPlace, findPlace } from './aci-place.ts'
import type { ArmClient } from './arm/arm-client.ts'
import { connectArm } from './arm/connect-arm.ts'
import type { GroupView } from './group-view.ts'

const DEFAULT_API_VERSION = '2023-05-01'

/** The versions in which other parts of the Resource Manager are asked. */
export const RESOURCES_API = '2021-04-01'

/** One account as its provider sees it: where it is, the way to it, and what was last seen there. */
export interface AciAccount {
  /** Where all calls go; found at the first one. */
  place(): Promise<AciPlace>
  /** The way there; the SDK is loaded at the first call. */
  arm(): Promise<ArmClient>
  /** Where runs are placed whose spec names no region. */
  location(signal: AbortSignal): Promise<string>
  /** The same, as far as it is known without asking. */
  readonly knownLocation: string | undefined
  readonly knownResourceGroup: string | undefined
  /** The path of a container group, or with `''` of all of them. */
  groupPath(ref: string): Promise<string>
  /** What was last seen of each run that somebody follows. */
  readonly views: Map<string, GroupView>
  /** Until when no call of a kind is to be made, on the monotonic clock: the service has asked for it. */
  readonly quietUntil: Map<AciLimit, number>
  /** Runs whose main container has ended while others run: being stopped. */
  readonly ending: Set<string>
}

export function aciAccount(options: AciOptions): AciAccount {
  let knownLocation = options.location
  let knownResourceGroup = options.resourceGroup
  const place = once(async () => {
    const found = await findPlace(options)
    knownLocation = found.location
    knownResourceGroup = found.resourceGroup
    return found
  })
  const arm = once(async () => {
    const { endpoint, audience, authorityHost, subscription } = await place()
    return await connectArm({
      endpoint,
      audience,
      authorityHost,
      subscription,
      apiVersion: options.apiVersion ?? DEFAULT_API_VERSION,
      credential: options.credential,
    })
  })
  const resourceGroupPath = async () => {
    const { subscription, resourceGroup } = await place()
    return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}`
  }
  const ownLocation = once(async () => {
    const answer = await (await arm()).send({
      method: 'GET',
      path: await resourceGroupPath(),
      apiVersion: RESOURCES_API,
    })
    knownLocation = String((answer.body as { readonly location?: string }).location ?? '')
    return knownLocation
  })
  return {
    place,
    arm,
    location: async (signal) => {
      const { location } = await place()
      signal.throwIfAborted()
      return location ?? (await ownLocation())
    },
    get knownLocation() {
      return knownLocation
    },
    get knownResourceGroup() {
      return knownResourceGroup
    },
    groupPath: async (ref) => {
      const all = `${await resourceGroupPath()}/providers/Microsoft.ContainerInstance/containerGroups`
      return ref === '' ? all : `${all}/${encodeURIComponent(ref)}`
    },
    views: new Map(),
    quietUntil: new Map(),
    ending: new Set(),
  }
}

/** Does it once, and again only after it failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined
      throw error
    })
    return result
  }
}
