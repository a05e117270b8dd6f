export type { ProcessOptions } from './process-adapter.ts'
export { type ProcessCapabilities, processCapabilities } from './process-capabilities.ts'
export { embedded } from './process-provider.ts'
