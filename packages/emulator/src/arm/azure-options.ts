/** The account that is emulated. */
export interface AzureOptions {
  /** Default `4f3c1c6e-7a1d-4b0e-9d55-0a5e1f2b6c01`. */
  readonly tenantId?: string | undefined
  /** Default: one, `00000000-0000-4000-8000-000000000001`. */
  readonly subscriptions?: readonly string[] | undefined
  /** The groups that exist from the start, with their regions, in the first subscription. Default `{ berth: 'eastus' }`. */
  readonly resourceGroups?: Readonly<Record<string, string>> | undefined
  /** The regions where services are offered. Default: sixteen of the real ones. */
  readonly locations?: readonly string[] | undefined
  /** Whether the subscriptions are registered for the resource providers. Default true. */
  readonly registered?: boolean | undefined
  /** How long a token is good for, in real milliseconds. Default 24 h, as App Service's are. */
  readonly tokenLifetimeInMs?: number | undefined
}

export type AzureAccount = Readonly<Required<{ [Key in keyof AzureOptions]: NonNullable<AzureOptions[Key]> }>>

const LOCATIONS = [
  'australiaeast',
  'canadacentral',
  'centralus',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'japaneast',
  'northeurope',
  'southeastasia',
  'swedencentral',
  'uksouth',
  'westeurope',
  'westus',
  'westus2',
  'westus3',
]

export function azureAccount(options: AzureOptions = {}): AzureAccount {
  const account = {
    tenantId: options.tenantId ?? '4f3c1c6e-7a1d-4b0e-9d55-0a5e1f2b6c01',
    subscriptions: options.subscriptions ?? ['00000000-0000-4000-8000-000000000001'],
    resourceGroups: options.resourceGroups ?? { berth: 'eastus' },
    locations: options.locations ?? LOCATIONS,
    registered: options.registered ?? true,
    tokenLifetimeInMs: options.tokenLifetimeInMs ?? 24 * 3_600_000,
  }
  for (const id of [account.tenantId, ...account.subscriptions]) {
    if (!isUuid(id)) throw new TypeError(`${id} is no id of a tenant or subscription: they are UUIDs`)
  }
  if (account.subscriptions.length === 0) throw new TypeError('an account has at least one subscription')
  return account
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
