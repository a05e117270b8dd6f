import type { AwsAccount } from '../aws/aws-options.ts'
import type { RegionMap } from '../aws/region-map.ts'
import type { NetworkStore } from './network-store.ts'

/** What the operations of the service share. */
export interface Ec2Parts {
  readonly account: AwsAccount
  readonly networks: RegionMap<NetworkStore>
}
