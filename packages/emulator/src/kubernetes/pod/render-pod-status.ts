import type { ContainerStatus, PodSpec, PodStatus } from '../objects/pod.ts'
import type { PodConditions } from './pod-conditions.ts'

export interface RenderedStatus {
  readonly spec: PodSpec
  readonly conditions: PodConditions
  readonly containers: readonly ContainerStatus[]
  readonly initContainers: readonly ContainerStatus[]
  /** Why the node has ended it. */
  readonly failure: { readonly reason: string; readonly message: string } | null
  readonly hostIP: string
  /** Null while it is not to be told. */
  readonly podIP: string | null
  readonly hasSandbox: boolean
  readonly tellsSandbox: boolean
  readonly startTime: string
  readonly qosClass: string | undefined
  /** The node's clock, in milliseconds. */
  readonly now: number
}

/** What a node says of a Pod as a whole. */
export function renderPodStatus(status: RenderedStatus): PodStatus {
  const { containers, initContainers, failure, conditions, hostIP, podIP, startTime, qosClass } = status
  const phase = phaseOf(status)
  conditions.set(conditionsOf(status, phase), status.now)
  return {
    phase,
    conditions: conditions.all(),
    ...(failure && { reason: failure.reason, message: failure.message }),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP !== null && { podIP, podIPs: [{ ip: podIP }] }),
    startTime,
    ...(initContainers.length > 0 && { initContainerStatuses: initContainers }),
    containerStatuses: containers,
    ...(qosClass !== undefined && { qosClass }),
  }
}

/** One word for all containers. */
function phaseOf({ spec, containers, initContainers, failure }: RenderedStatus): string {
  if (failure) return 'Failed'
  const isSidecar = new Set(
    (spec.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  )
  const inits = initContainers.filter(({ name }) => !isSidecar.has(name))
  const failedInit = inits.find(({ state }) => state.terminated && state.terminated.exitCode !== 0)
  if (failedInit && spec.restartPolicy === 'Never') return 'Failed'
  if (inits.some(({ state }) => state.terminated?.exitCode !== 0)) return 'Pending'
  const waits = containers.some(({ state, lastState }) => state.waiting && !lastState.terminated)
  if (waits) return 'Pending'
  if (containers.some(({ state }) => state.running || state.waiting)) return 'Running'
  if (spec.restartPolicy === 'Always') return 'Running'
  if (containers.every(({ state }) => state.terminated?.exitCode === 0)) return 'Succeeded'
  return spec.restartPolicy === 'Never' ? 'Failed' : 'Running'
}

function conditionsOf(status: RenderedStatus, phase: string) {
  const { containers, initContainers, hasSandbox, tellsSandbox } = status
  const isOver = phase === 'Succeeded' || phase === 'Failed'
  const over = phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : undefined
  const uninitialized = initContainers
    .filter(({ ready, started }) => !ready && !started)
    .map(({ name }) => name)
  const unready = containers.filter(({ ready }) => !ready).map(({ name }) => name)
  const isInitialized = uninitialized.length === 0 || containers.some(({ state }) => state.running)
  const readiness = {
    holds: !isOver && unready.length === 0 && isInitialized,
    reason: over ?? (unready.length > 0 ? 'ContainersNotReady' : undefined),
    message:
      over === undefined && unready.length > 0
        ? `containers with unready status: [${unready.join(' ')}]`
        : undefined,
  }
  return [
    ...(tellsSandbox ? [{ type: 'PodReadyToStartContainers', holds: hasSandbox && !isOver }] : []),
    phase === 'Succeeded' || isInitialized
      ? { type: 'Initialized', holds: true, reason: phase === 'Succeeded' ? over : undefined }
      : {
          type: 'Initialized',
          holds: false,
          reason: 'ContainersNotInitialized',
          message: `containers with incomplete status: [${uninitialized.join(' ')}]`,
        },
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
  ]
}
