import { BerthError, type BerthErrorCode } from '@berth/core'
import type { ContainerStatus, Pod, PodContainer } from './cluster/pod.ts'
import { MAIN } from './kubernetes-names.ts'
import type { PodContext } from './map-kubernetes-state.ts'
import { statusesOf } from './pod-state.ts'

/** A pull that failed for a reason that may pass is tried again by the node; after so many times it is given up here. */
const PULLS_UNTIL_GIVEN_UP = 2
const RESTARTS_UNTIL_GIVEN_UP = 3
/** The node waits ever longer between two: the third end comes after a quarter of a minute, the fourth after more than half of one. */
const CRASHES_UNTIL_GIVEN_UP = 2
const SHORT_LIFE_IN_MS = 10_000
const WILL_NOT_PASS =
  /not found|manifest unknown|does not exist|unauthorized|denied|forbidden|\b40[134]\b|no basic auth|no matching manifest|invalid reference/i
const PULL_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'RegistryUnavailable',
  'ImageInspectError',
])
const AT_ONCE: Readonly<Record<string, string>> = {
  InvalidImageName: "correct the image's name",
  ErrImageNeverPull: 'the node does not have the image, and was told not to pull it',
  CreateContainerConfigError:
    'what the container refers to (a Secret, a ConfigMap, a user) is not there or does not fit',
  CreateContainerError: "see the events in the error's evidence",
  RunContainerError: "see the events in the error's evidence",
}
const NO_PROGRAM =
  /exec: \\?"?([^":\\]+)\\?"?: (?:stat \S+: no such file|executable file not found|no such file|is a directory|permission denied)/

/** Why a start can no longer succeed, by what the cluster says of the Pod and its events; undefined while it still can. */
export function findKubernetesFailure(ref: string, pod: Pod, context: PodContext): BerthError | undefined {
  return (
    placementFailure(ref, pod, context) ??
    statusesOf(pod)
      .map((status) => containerFailure(ref, pod, status, context))
      .find((failure) => failure !== undefined) ??
    evictionFailure(ref, pod)
  )
}

/** No node takes it. One that an autoscaler adds is waited for. */
function placementFailure(
  ref: string,
  { spec, status }: Pod,
  { view, events = [], unschedulableAfterMs }: PodContext,
): BerthError | undefined {
  if (spec.nodeName) return undefined
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (condition?.reason !== 'Unschedulable') return undefined
  const declined = events.find(({ reason }) => reason === 'NotTriggerScaleUp')
  const isGrowing = events.some(({ reason }) => reason === 'TriggeredScaleUp')
  const waitedInMs = performance.now() - (view.unplacedSince ?? performance.now())
  if (isGrowing || (declined === undefined && waitedInMs < unschedulableAfterMs)) return undefined
  const words = [condition.message, declined?.message].filter(Boolean).map(plain).join('; ')
  return new BerthError({
    code: 'capacity',
    message: `${ref}: no node of the cluster takes it: ${words}: ask for less cpu and memory, change what it asks of nodes (architecture, spot, nodeSelector), or add nodes`,
  })
}

function containerFailure(
  ref: string,
  pod: Pod,
  status: ContainerStatus,
  context: PodContext,
): BerthError | undefined {
  const { waiting, terminated } = status.state ?? {}
  const container = specOf(pod, status.name)
  if (waiting?.reason !== undefined && PULL_REASONS.has(waiting.reason)) {
    return pullFailure(ref, container, status, context)
  }
  const advice = AT_ONCE[waiting?.reason ?? '']
  // The node's own caches may lag a moment behind what was just made.
  if (advice !== undefined && !/failed to sync .* cache/.test(waiting?.message ?? '')) {
    const isImage = waiting?.reason === 'InvalidImageName' || waiting?.reason === 'ErrImageNeverPull'
    const words = waiting?.message ?? waiting?.reason ?? ''
    return startFailure(ref, container, words, advice, isImage ? 'image-pull' : 'start-failed')
  }
  if (terminated && isStartReason(terminated.reason)) {
    return startFailure(
      ref,
      container,
      terminated.message ?? terminated.reason ?? '',
      undefined,
      'start-failed',
    )
  }
  return crashFailure(ref, container, status) ?? initFailure(ref, pod, status)
}

/** It ends again and again as soon as it has begun. One that had run for a while has started well, whatever became of it. */
function crashFailure(
  ref: string,
  container: PodContainer | undefined,
  { name, restartCount, state, lastState }: ContainerStatus,
): BerthError | undefined {
  const end = lastState?.terminated
  const isLooping = state?.waiting?.reason === 'CrashLoopBackOff' && restartCount >= CRASHES_UNTIL_GIVEN_UP
  if (name !== MAIN || !isLooping || end === undefined) return undefined
  const livedInMs = Date.parse(end.finishedAt ?? '') - Date.parse(end.startedAt ?? '')
  if (!(livedInMs < SHORT_LIFE_IN_MS)) return undefined
  return new BerthError({
    code: 'exited',
    message: `${subject(ref, container)}: ended ${restartCount} times as soon as it had begun, last with exit code ${end.exitCode}; see its last output in the error's evidence`,
    evidence: { exitCode: end.exitCode },
  })
}

/** The runtime could not even begin its program. */
function isStartReason(reason: string | undefined): boolean {
  return reason === 'StartError' || reason === 'ContainerCannotRun'
}

function pullFailure(
  ref: string,
  container: PodContainer | undefined,
  status: ContainerStatus,
  { view, events = [] }: PodContext,
): BerthError | undefined {
  const told = events.filter(({ reason, message = '' }) => reason === 'Failed' && /pull/i.test(message))
  const { waiting } = status.state ?? {}
  const explained = waiting?.reason === 'ImagePullBackOff' ? undefined : waiting?.message
  const words = explained ?? told.at(-1)?.message ?? view.pullWords
  if (words === undefined) return undefined
  view.pullWords = words
  const counted = Math.max(view.failedPulls, ...told.map(({ count = 1 }) => count))
  const isFinal = WILL_NOT_PASS.test(words)
  if (!isFinal && counted < PULLS_UNTIL_GIVEN_UP) return undefined
  const advice = isFinal
    ? "correct the image's name or tag, or give its registry's credentials: registry: {...}"
    : "is the image's registry reachable from the cluster's nodes?"
  return new BerthError({
    code: 'image-pull',
    message: `${subject(ref, container)}: ${plain(words)}: ${advice}`,
    retryable: !isFinal,
  })
}

function startFailure(
  ref: string,
  container: PodContainer | undefined,
  words: string,
  advice: string | undefined,
  code: BerthErrorCode,
): BerthError {
  const program = NO_PROGRAM.exec(words)?.[1]
  const mend =
    program === undefined
      ? (advice ?? "see the events in the error's evidence")
      : `the image has no program '${program}' that may be executed; correct command or args`
  return new BerthError({ code, message: `${subject(ref, container)}: ${plain(words)}: ${mend}` })
}

/** An init container that fails keeps the others from ever starting. */
function initFailure(ref: string, pod: Pod, status: ContainerStatus): BerthError | undefined {
  const container = pod.spec.initContainers?.find(({ name }) => name === status.name)
  if (container === undefined || container.restartPolicy === 'Always') return undefined
  const end = status.state?.terminated ?? status.lastState?.terminated
  if (end === undefined || end.exitCode === 0) return undefined
  const isFinal = pod.spec.restartPolicy === 'Never' || status.restartCount >= RESTARTS_UNTIL_GIVEN_UP
  if (!isFinal) return undefined
  return new BerthError({
    code: 'start-failed',
    message: `${ref}: the init container ${status.name} (${container.image}) ended with exit code ${end.exitCode}, so the others never start; see its output in the error's evidence`,
    evidence: { exitCode: end.exitCode },
  })
}

/** The node has ended it, or did not take it after all, and no container tells how. */
function evictionFailure(ref: string, { status }: Pod): BerthError | undefined {
  const { phase, reason, message = '' } = status ?? {}
  const isTold = status?.containerStatuses?.some(({ state }) => state?.terminated !== undefined) ?? false
  if (phase !== 'Failed' || reason === undefined || reason === 'DeadlineExceeded' || isTold) return undefined
  return new BerthError({
    code: 'capacity',
    message: `${ref}: the cluster has ended it (${reason}): ${plain(message)}: run it again, with requests (cpu, memory) that say what it needs`,
  })
}

function specOf({ spec }: Pod, name: string): PodContainer | undefined {
  return [...spec.containers, ...(spec.initContainers ?? [])].find((each) => each.name === name)
}

function subject(ref: string, container: PodContainer | undefined): string {
  const image = container === undefined ? '' : ` (${container.image})`
  return `${ref}${image}${container === undefined || container.name === MAIN ? '' : `: ${container.name}`}`
}

/** So that it can stand within a sentence. */
function plain(text: string | undefined): string {
  return (text ?? '').trim().replace(/\.$/, '')
}

/** Events that tell why a Pod does not start: for them they are asked for. */
export function isTroubled(status: ContainerStatus): boolean {
  const reason = status.state?.waiting?.reason
  return (
    reason !== undefined && (PULL_REASONS.has(reason) || reason in AT_ONCE || reason === 'CrashLoopBackOff')
  )
}
