import { gke } from '@berth/gke'
import type { CreateProvider } from '../../src/index.ts'

/** Where everything is stands in the environment, as the emulator has written it. The emulated nodes are this machine. */
const createProvider: CreateProvider = (overrides) => gke({ expose: 'private', ...overrides })
export default createProvider
