import { isDeepStrictEqual } from 'node:util'
import type { FaultEffect } from '../../fault/fault-rule.ts'
import { findFault } from '../../fault/find-fault.ts'
import type { World } from '../../world.ts'
import type { KubernetesDialect } from '../kubernetes-dialect.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { Pod, PodSpec } from '../objects/pod.ts'
import { resourceType } from '../resource-types.ts'
import type { Strategy } from '../rest/strategy.ts'
import { forbidden, invalid } from '../status-error.ts'
import { validatePod } from '../validation/validate-pod.ts'
import { completePod } from './complete-pod.ts'
import { drawDurations } from './draw-durations.ts'

/** What is particular to the writing of Pods. */
export function podStrategy(parts: {
  readonly store: ObjectStore
  readonly dialect: KubernetesDialect
  readonly world: Pick<World, 'profile' | 'random'>
  readonly begin: (pod: Pod, effects: readonly FaultEffect[]) => void
}): Strategy<Pod> {
  const { store, dialect, world, begin } = parts
  return {
    prepareForCreate(sent) {
      validatePod(sent)
      const pod = completePod(sent, dialect)
      const account = pod.spec.serviceAccountName ?? 'default'
      if (!store.get('serviceaccounts', pod.metadata.namespace, account))
        throw forbidden(
          resourceType('pods'),
          pod.metadata.name,
          `error looking up service account ${pod.metadata.namespace}/${account}: serviceaccount "${account}" not found`,
        )
      return pod
    },
    prepareForUpdate(pod, before, subresource) {
      if (subresource === undefined) requireChangeable(pod, before)
      return pod
    },
    refuseByFault(pod, effects) {
      const isFull = findFault(effects, 'capacity')?.when === 'at-once'
      if (!isFull && !findFault(effects, 'quota')) return
      throw forbidden(
        resourceType('pods'),
        pod.metadata.name,
        'exceeded quota: compute-resources, requested: pods=1, used: pods=10, limited: pods=10',
      )
    },
    acceptingInMs: (pod) => drawDurations(world, pod).accepting,
    afterCreate: begin,
    graceInSeconds({ metadata, spec, status }, asked) {
      const isOver = status?.phase === 'Succeeded' || status?.phase === 'Failed'
      // Where no node has it nobody is to confirm anything.
      if (isOver || !spec.nodeName) return 0
      const { deletionTimestamp, deletionGracePeriodSeconds } = metadata
      const usual = deletionTimestamp ? deletionGracePeriodSeconds : spec.terminationGracePeriodSeconds
      return Math.max(0, asked ?? usual ?? 30)
    },
    tellsDeleted: true,
  }
}

const CHANGEABLE = ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds'] as const

/** @throws StatusError where more of a Pod is changed than can be */
function requireChangeable(pod: Pod, before: Pod): void {
  if (isDeepStrictEqual(fixedPart(pod.spec), fixedPart(before.spec))) return
  throw invalid('Pod', pod.metadata.name, [
    {
      reason: 'FieldValueForbidden',
      message:
        'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
      field: 'spec',
    },
  ])
}

function fixedPart(spec: PodSpec): object {
  const withoutImages = (containers: PodSpec['containers'] = []) =>
    containers.map(({ image: _image, ...rest }) => rest)
  const rest = Object.fromEntries(
    Object.entries(spec).filter(([field]) => !(CHANGEABLE as readonly string[]).includes(field)),
  )
  return {
    ...rest,
    containers: withoutImages(spec.containers),
    initContainers: withoutImages(spec.initContainers),
  }
}
