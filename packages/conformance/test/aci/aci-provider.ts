import { aci } from '@berth/aci'
import type { CreateProvider } from '../../src/index.ts'

/** Where everything is stands in the environment, as the emulator has written it. The suite makes more runs in an hour than a subscription may. */
const createProvider: CreateProvider = (overrides) =>
  aci({
    ...overrides,
    quotas: { createsAnHour: 1e6, createsIn5Minutes: 1e6, deletesAnHour: 1e6, deletesIn5Minutes: 1e6 },
  })
export default createProvider
