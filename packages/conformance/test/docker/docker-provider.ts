import { docker } from '@berth/docker'
import type { CreateProvider } from '../../src/index.ts'

const createProvider: CreateProvider = (overrides) => docker(overrides)
export default createProvider
