import { defineProvider } from '@berth/core'
import { gkeAccount } from './gke-account.ts'
import { gkeAdapter } from './gke-adapter.ts'
import { type GkeCapabilities, gkeCapabilities } from './gke-capabilities.ts'
import { checkOptions, type GkeOptions } from './gke-options.ts'

/**
 * A cluster of Google Kubernetes Engine as a provider: `gke()` for the one that gcloud's own variables name, `gke({ project, location, cluster })` for
 * others. Nothing is read or called before the first run.
 */
export const gke = defineProvider<GkeCapabilities, GkeOptions>({
  capabilities: gkeCapabilities,
  connect: (options) => {
    checkOptions(options)
    return gkeAdapter(gkeAccount(options), options)
  },
})
