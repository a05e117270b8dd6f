import { embedded } from '@berth/process'
import type { CreateProvider } from '../../src/index.ts'

/** The state directory stands in this module's address, so that another process can be given the same. */
const directory = new URL(import.meta.url).searchParams.get('directory') ?? undefined

const createProvider: CreateProvider = (overrides) => embedded({ ...overrides, directory })
export default createProvider
