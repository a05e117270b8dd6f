import { BerthError, type GroupPlan, isSecretRef, type PlannedContainer } from '@berth/core'
import { anyKubernetes, type KubernetesFlavour } from './kubernetes-flavour.ts'
import { validateLabels } from './validate-labels.ts'
import { validateNativeOptions } from './validate-native-options.ts'
import { validateVolumes } from './validate-volumes.ts'

/** What a variable may be called: newer clusters take more, but not all do. */
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/
const LEAST_MEMORY_IN_BYTES = 6 * 1024 * 1024

/** Refuses what no cluster can take, before any call. Throws `invalid-spec` or `unsupported`. */
export function validatePlan(plan: GroupPlan, flavour: KubernetesFlavour = anyKubernetes): void {
  for (const container of [...plan.containers, ...plan.initContainers]) validateContainer(container)
  validateLabels(plan.labels, flavour)
  validateVolumes(plan)
  validateNativeOptions(plan.native, flavour)
}

function validateContainer({ name, env, files, mounts, health, memoryInBytes }: PlannedContainer): void {
  if (memoryInBytes !== undefined && memoryInBytes < LEAST_MEMORY_IN_BYTES) {
    throw invalid(
      `${name}: memory of ${memoryInBytes} bytes is too little to start in; give it '6Mi' at least`,
    )
  }
  for (const [variable, value] of Object.entries(env)) {
    if (!VARIABLE.test(variable)) {
      throw invalid(
        `${name}: env.${variable} is no name that Kubernetes takes; write letters, digits, '_', '-' and '.', not a digit first${meant(variable)}`,
      )
    }
    if (isSecretRef(value) && !/^[a-z0-9][-a-z0-9.]*\/[-._a-zA-Z0-9]+$/.test(value.reference)) {
      throw invalid(
        `${name}: env.${variable}: '${value.reference}' names no part of a Secret; write secretRef('<name of the Secret>/<key>')`,
      )
    }
  }
  for (const path of [...files.map((file) => file.path), ...mounts.map((mount) => mount.path)]) {
    if (!path.includes(':')) continue
    throw invalid(`${name}: ${path} has a ':' in it, which Kubernetes takes in no path; choose another name`)
  }
  const probe = health?.probe
  if (probe?.kind === 'http' && (probe.status !== undefined || probe.body !== undefined)) {
    throw new BerthError({
      code: 'unsupported',
      message: `${name}: health: Kubernetes takes any status from 200 to 399 and reads no body; leave status and body out, or use ready: http(…)`,
    })
  }
}

function meant(name: string): string {
  const near = name.replace(/[^-._a-zA-Z0-9]+/g, '_').replace(/^(?=\d)/, '_')
  return VARIABLE.test(near) ? `; did you mean ${near}?` : ''
}

function invalid(message: string): BerthError {
  return new BerthError({ code: 'invalid-spec', message })
}
