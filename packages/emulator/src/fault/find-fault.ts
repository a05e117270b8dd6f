import type { FaultEffect } from './fault-rule.ts'

/** The first effect of a kind, if there is one. */
export function findFault<Kind extends FaultEffect['kind']>(
  effects: readonly FaultEffect[],
  kind: Kind,
): Extract<FaultEffect, { kind: Kind }> | undefined {
  return effects.find((effect): effect is Extract<FaultEffect, { kind: Kind }> => effect.kind === kind)
}
