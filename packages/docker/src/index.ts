export { type DockerCapabilities, dockerCapabilities } from './docker-capabilities.ts'
export type { DockerNativeOptions } from './docker-native-options.ts'
export type { DockerOptions } from './docker-options.ts'
export { docker } from './docker-provider.ts'
