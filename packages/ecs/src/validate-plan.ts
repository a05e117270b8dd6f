import { BerthError, type GroupPlan } from '@berth/core'
import { nativeOf } from './convert-plan-to-ecs.ts'
import { shapeOf } from './task-shape.ts'
import { validateContainer } from './validate-container.ts'
import { validateLabels } from './validate-labels.ts'
import { validateNativeOptions } from './validate-native-options.ts'
import { validateVolumes } from './validate-volumes.ts'

const MOST_CONTAINERS = 10

/** Refuses what the service cannot take, before any call. Throws `invalid-spec` or `unsupported`. */
export function validatePlan(plan: GroupPlan, hasSubnets: boolean): void {
  const containers = [...plan.containers, ...plan.initContainers]
  validateNativeOptions(
    plan.native,
    containers.map(({ name }) => name),
  )
  for (const container of containers) validateContainer(container)
  if (containers.length > MOST_CONTAINERS) {
    throw invalid(
      `sidecars and initContainers: with them there are ${containers.length} containers, more than the ${MOST_CONTAINERS} of a task; split them over several runs`,
    )
  }
  shapeOf(plan)
  validateVolumes(plan)
  validateLabels(plan.labels)
  if (plan.expose === 'private' && !hasSubnets && nativeOf(plan).subnets === undefined) {
    throw invalid(
      "expose: 'private' needs subnets from which images can be pulled without a public address; name them: options.ecs.subnets, BERTH_ECS_SUBNETS or ecs({ subnets }), or expose it 'public'",
    )
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
