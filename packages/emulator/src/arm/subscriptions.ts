import type { ArmOperation } from './arm-operation.ts'
import type { AzureAccount } from './azure-options.ts'
import { jsonResponse } from './json-response.ts'

/** The tenant, its subscriptions and their regions. */
export function subscriptionOperations(account: AzureAccount): readonly ArmOperation[] {
  const { tenantId, subscriptions } = account
  const base = { service: 'arm', method: 'GET' } as const
  return [
    {
      ...base,
      name: 'Subscriptions_List',
      path: '/subscriptions',
      handle: () =>
        jsonResponse(200, {
          value: subscriptions.map((id) => describe(id, account)),
          count: countOf(subscriptions),
        }),
    },
    {
      ...base,
      name: 'Subscriptions_Get',
      path: '/subscriptions/:subscriptionId',
      handle: ({ parameters }) => jsonResponse(200, describe(parameters.subscriptionId ?? '', account)),
    },
    {
      ...base,
      name: 'Subscriptions_ListLocations',
      path: '/subscriptions/:subscriptionId/locations',
      handle: ({ parameters }) =>
        jsonResponse(200, {
          value: account.locations.map((name) => ({
            id: `/subscriptions/${parameters.subscriptionId}/locations/${name}`,
            name,
            displayName: name,
            regionalDisplayName: name,
            metadata: { regionType: 'Physical' },
          })),
        }),
    },
    {
      ...base,
      name: 'Tenants_List',
      path: '/tenants',
      handle: () =>
        jsonResponse(200, {
          value: [
            { id: `/tenants/${tenantId}`, tenantId, tenantCategory: 'Home', displayName: 'Berth emulator' },
          ],
        }),
    },
  ]
}

function countOf(subscriptions: readonly string[]): { type: string; value: number } {
  return { type: 'Total', value: subscriptions.length }
}

function describe(subscriptionId: string, { tenantId, subscriptions }: AzureAccount) {
  const place = subscriptions.findIndex((id) => id.toLowerCase() === subscriptionId.toLowerCase())
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName: `Emulated subscription ${place + 1}`,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  }
}
