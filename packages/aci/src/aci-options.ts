import type { TokenCredential } from '@azure/core-auth'
import { AZURE_CLOUDS, type AzureCloudName } from './arm/azure-cloud.ts'
import { checkEndpoint } from './arm/check-endpoint.ts'

/** Which account and place to use. All of it may be left out: then the `az` command's own settings stand. */
export interface AciOptions {
  /** The subscription's id. Default: `AZURE_SUBSCRIPTION_ID`, then that of `az account set`. */
  readonly subscription?: string | undefined
  /** A resource group that exists. Default: `BERTH_ACI_RESOURCE_GROUP`, then `az config`'s `defaults.group`. */
  readonly resourceGroup?: string | undefined
  /** The region in which runs are placed whose spec names none. Default: `BERTH_ACI_LOCATION`, `defaults.location`, the resource group's own. */
  readonly location?: string | undefined
  /** Who calls. Default: the chain of `DefaultAzureCredential` (environment, workload and managed identity, `az login`, …). */
  readonly credential?: TokenCredential | undefined
  /** Default: `az cloud set`'s, else `'public'`. */
  readonly cloud?: AzureCloudName | undefined
  /** Another Azure Resource Manager: an emulator, a stack of one's own. Default: `BERTH_ACI_ENDPOINT`, then the cloud's. */
  readonly endpoint?: string | undefined
  /** What tokens are made out to, with an endpoint of one's own. Default: the cloud's. */
  readonly audience?: string | undefined
  /** The version of the service's interface. Default: `2023-05-01`, which is everywhere; a younger one for fields in `options.aci.properties`. */
  readonly apiVersion?: string | undefined
  /** What the service allows this subscription, where support has raised it; Berth keeps within it by itself. */
  readonly quotas?: AciQuotas | undefined
}

/** How many container groups a subscription may make, and delete, in a time. */
export interface AciQuotas {
  /** Default 300. */
  readonly createsAnHour?: number | undefined
  /** Default 100. */
  readonly createsIn5Minutes?: number | undefined
  /** Default 300. */
  readonly deletesAnHour?: number | undefined
  /** Default 100. */
  readonly deletesIn5Minutes?: number | undefined
}

/** Throws TypeError for options that cannot be. Reads nothing. */
export function checkOptions(options: AciOptions): void {
  const { subscription, resourceGroup, location, cloud, endpoint, apiVersion } = options
  const forms: readonly (readonly [string, string | undefined, RegExp, string])[] = [
    [
      'subscription',
      subscription,
      /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
      'an id like 00000000-0000-0000-0000-000000000000',
    ],
    ['resourceGroup', resourceGroup, /^[\w().-]{0,89}[\w()-]$/, "a resource group's name"],
    ['location', location, /^[a-z0-9]+$/, "a region's name without spaces, like westeurope"],
    ['apiVersion', apiVersion, /^\d{4}-\d\d-\d\d(?:-preview)?$/, 'a date like 2023-05-01'],
  ]
  for (const [name, value, form, words] of forms) {
    if (value !== undefined && !form.test(value))
      throw new TypeError(`aci: ${name} '${value}' is not ${words}`)
  }
  if (cloud !== undefined && !Object.hasOwn(AZURE_CLOUDS, cloud)) {
    throw new TypeError(`aci: there is no cloud '${cloud}', but ${Object.keys(AZURE_CLOUDS).join(', ')}`)
  }
  if (endpoint !== undefined) checkEndpoint(endpoint)
  for (const [name, quota] of Object.entries(options.quotas ?? {})) {
    if (quota !== undefined && !(Number.isFinite(quota) && quota > 0)) {
      throw new RangeError(`aci: quotas.${name} is ${quota}, and must be a number above 0`)
    }
  }
}
