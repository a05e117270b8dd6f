import { BerthError, type GroupPlan } from '@berth/core'
import { shapesOf } from './container-shape.ts'
import { exposureOf, nativeOf } from './convert-plan-to-aci.ts'
import { validateContainer } from './validate-container.ts'
import { validateFiles } from './validate-files.ts'
import { validateLabels } from './validate-labels.ts'
import { validateNativeOptions } from './validate-native-options.ts'
import { validatePorts } from './validate-ports.ts'
import { validateRegistries } from './validate-registries.ts'
import { validateVolumes } from './validate-volumes.ts'

const MOST_CONTAINERS = 60
const SPOT_MOST = { cpu: 4, memoryInGB: 16 }

/** Refuses what the service cannot take, before any call. Throws `invalid-spec` or `unsupported`. */
export function validatePlan(plan: GroupPlan): void {
  validateNativeOptions(
    plan.native,
    [...plan.containers, ...plan.initContainers].map(({ name }) => name),
  )
  for (const container of [...plan.containers, ...plan.initContainers]) validateContainer(container)
  if (plan.containers.length > MOST_CONTAINERS) {
    throw invalid(
      `sidecars: ${plan.containers.length} containers are more than the ${MOST_CONTAINERS} of a container group; split them over several runs`,
    )
  }
  const { shapes } = shapesOf(plan)
  validatePorts(plan)
  validateVolumes(plan)
  validateFiles(plan)
  validateLabels(plan.labels)
  validateRegistries(plan)
  validateExposure(plan)
  if (plan.spot) validateSpot(plan, [...shapes.values()])
}

function validateExposure(plan: GroupPlan): void {
  const { subnetIds, dnsLabel } = nativeOf(plan)
  const exposure = exposureOf(plan)
  if (
    exposure === 'private' &&
    subnetIds === undefined &&
    plan.containers.some(({ ports }) => ports.length > 0)
  ) {
    throw invalid(
      "expose: 'private' needs a subnet to have an address in; name a delegated one in options.aci.subnetIds, or expose it 'public'",
    )
  }
  if (exposure === 'public' && subnetIds !== undefined) {
    throw invalid(
      "expose: a run in a subnet has no public address; leave out options.aci.subnetIds, or expose it 'private'",
    )
  }
  if (exposure === 'private' && dnsLabel !== undefined) {
    throw invalid('options.aci.dnsLabel: a run in a subnet has no public name; leave it out')
  }
  if (dnsLabel !== undefined && plan.containers.every(({ ports }) => ports.length === 0)) {
    throw invalid(
      'options.aci.dnsLabel: a run without ports has no address to name; declare a port, or leave it out',
    )
  }
}

function validateSpot(
  plan: GroupPlan,
  shapes: readonly { readonly cpu: number; readonly memoryInGB: number }[],
): void {
  const cpu = shapes.reduce((sum, shape) => sum + shape.cpu, 0)
  const memoryInGB = shapes.reduce((sum, shape) => sum + shape.memoryInGB, 0)
  if (cpu > SPOT_MOST.cpu || memoryInGB > SPOT_MOST.memoryInGB) {
    throw invalid(
      `spot: ${cpu} vCPU and ${memoryInGB} GB are more than spot capacity gives; take at most ${SPOT_MOST.cpu} vCPU and ${SPOT_MOST.memoryInGB} GB, or leave spot out`,
    )
  }
  if (exposureOf(plan) === 'public' && plan.containers.some(({ ports }) => ports.length > 0)) {
    throw invalid('spot: spot runs have no public address; leave the ports out, or leave spot out')
  }
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
