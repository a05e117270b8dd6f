import { kubernetes } from '@berth/kubernetes'
import type { CreateProvider } from '../../src/index.ts'

const createProvider: CreateProvider = (overrides) => kubernetes(overrides)
export default createProvider
