export { type GkeCapabilities, gkeCapabilities } from './gke-capabilities.ts'
export type { GkeNativeOptions } from './gke-native-options.ts'
export type { GkeOptions } from './gke-options.ts'
export { gke } from './gke-provider.ts'
