/** A cloud of Azure's, each with accounts of its own. */
export type AzureCloudName = 'public' | 'government' | 'china'

export interface AzureCloud {
  /** Where the Azure Resource Manager answers. */
  readonly endpoint: string
  /** What an access token must be made out to. */
  readonly audience: string
  /** Who makes access tokens. */
  readonly authorityHost: string
}

export const AZURE_CLOUDS: Readonly<Record<AzureCloudName, AzureCloud>> = {
  public: {
    endpoint: 'https://management.azure.com',
    audience: 'https://management.azure.com',
    authorityHost: 'https://login.microsoftonline.com',
  },
  government: {
    endpoint: 'https://management.usgovcloudapi.net',
    audience: 'https://management.usgovcloudapi.net',
    authorityHost: 'https://login.microsoftonline.us',
  },
  china: {
    endpoint: 'https://management.chinacloudapi.cn',
    audience: 'https://management.chinacloudapi.cn',
    authorityHost: 'https://login.chinacloudapi.cn',
  },
}

/** The names under which `az cloud` knows them. */
export const AZ_CLOUD_NAMES: Readonly<Record<string, AzureCloudName>> = {
  AzureCloud: 'public',
  AzureUSGovernment: 'government',
  AzureChinaCloud: 'china',
}
