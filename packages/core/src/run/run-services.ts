import type { AdapterCaller } from '../call/adapter-caller.ts'
import type { Adapter } from '../contract/adapter.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import type { LeaseKeeper } from '../lease/lease-keeper.ts'
import type { DateFeed } from '../watch/date-feed.ts'
import type { Observer } from '../watch/observer.ts'

/** What a provider lends to each of its runs. */
export interface RunServices {
  readonly provider: string
  readonly adapter: Adapter
  readonly capabilities: Capabilities
  readonly caller: AdapterCaller
  readonly observer: Observer
  readonly dates: DateFeed
  readonly keeper: LeaseKeeper
  readonly leaseInMs: number
}
