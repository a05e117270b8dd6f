import type { ConformanceWorld } from '../world.ts'

/** The shortest lease that the world's clock of whole seconds and its speed allow. */
export function floorOf(world: ConformanceWorld): number {
  return world.leaseFloorInMs ?? 3_000
}
