import { defineProvider } from '@berth/core'
import { aciAccount } from './aci-account.ts'
import { aciAdapter } from './aci-adapter.ts'
import { type AciCapabilities, aciCapabilities } from './aci-capabilities.ts'
import { type AciOptions, checkOptions } from './aci-options.ts'

/**
 * Azure Container Instances as a provider: `aci()` for the subscription, resource group and region that the `az` command has been told to use,
 * `aci({ resourceGroup, location })` for others. Nothing is read or called before the first run.
 */
export const aci = defineProvider<AciCapabilities, AciOptions>({
  capabilities: aciCapabilities,
  connect: (options) => {
    checkOptions(options)
    return aciAdapter(aciAccount(options), options.quotas)
  },
})
