import type { ArmOperation } from './arm-operation.ts'
import type { AzureAccount } from './azure-options.ts'
import { jsonResponse } from './json-response.ts'

/** What the command line asks for when it is told of another cloud: by `ARM_CLOUD_METADATA_URL`, or by `az cloud register`. */
export function cloudMetadataOperations(
  account: AzureAccount,
  /** Known once the listeners are bound; the command line insists on https. */
  httpsOrigin: () => string | undefined,
): readonly ArmOperation[] {
  return [
    {
      service: 'arm',
      name: 'Metadata_Endpoints',
      method: 'GET',
      path: '/metadata/endpoints',
      authentication: 'none',
      handle: ({ wire, apiVersion }) => {
        const origin = `${httpsOrigin() ?? wire.url.origin}/`
        if (apiVersion === '2015-01-01') return jsonResponse(200, firstForm(origin))
        return jsonResponse(200, [
          {
            // The name that the command line takes by default, so that nothing has to be chosen.
            name: 'AzureCloud',
            authentication: {
              loginEndpoint: origin,
              audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
              tenant: account.tenantId,
              identityProvider: 'AAD',
            },
            resourceManager: origin,
            portal: origin,
            graph: origin,
            graphAudience: 'https://graph.windows.net/',
            gallery: origin,
            batch: origin,
            sqlManagement: origin,
            vmImageAliasDoc: origin,
            media: origin,
            activeDirectoryDataLake: origin,
            suffixes: {
              storage: 'storage.invalid',
              keyVaultDns: 'vault.invalid',
              sqlServerHostname: 'database.invalid',
              azureDataLakeStoreFileSystem: 'store.invalid',
              azureDataLakeAnalyticsCatalogAndJob: 'analytics.invalid',
              acrLoginServer: 'registry.invalid',
            },
          },
        ])
      },
    },
  ]
}

/** What `az cloud register` asks for, by the version of 2015. */
function firstForm(origin: string): object {
  return {
    galleryEndpoint: origin,
    graphEndpoint: 'https://graph.windows.net/',
    portalEndpoint: origin,
    authentication: { loginEndpoint: origin, audiences: ['https://management.core.windows.net/'] },
  }
}
