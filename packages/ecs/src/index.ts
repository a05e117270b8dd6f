export { type EcsCapabilities, ecsCapabilities } from './ecs-capabilities.ts'
export type { EcsNativeOptions } from './ecs-native-options.ts'
export type { EcsOptions, EcsQuotas } from './ecs-options.ts'
export { ecs } from './ecs-provider.ts'
