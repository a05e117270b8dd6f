import { kubernetes } from '@berth/kubernetes'
import type { CreateProvider } from '../../src/index.ts'

/** The lab's Pods are on a network of this machine. */
const createProvider: CreateProvider = (overrides) => kubernetes({ expose: 'private', ...overrides })
export default createProvider
