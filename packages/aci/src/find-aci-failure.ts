import { BerthError } from '@berth/core'
import { type AciSubject, CAPACITY_ADVICE, isCapacityCode } from './aci-error-meaning.ts'
import { fileCopierOf, MAIN } from './aci-names.ts'
import type { Container, ContainerGroup, GroupEvent, Operation } from './arm/container-group.ts'

/** A pull that failed for a reason that may pass is tried again by the service; after so many times it is given up here. */
const PULLS_UNTIL_GIVEN_UP = 4
const PASSES =
  /timeout|timed out|deadline|connection re(?:fused|set)|unexpected EOF|\b50[0234]\b|no such host|temporary failure|i\/o/i
const PULL_FAILED =
  /failed to pull image|failed to pull and unpack|pulling image|error pulling|ErrImagePull|ImagePullBackOff/i
const START_FAILED =
  /failed to (?:start|create) container|failed to create containerd task|failed to create shim|OCI runtime create failed|runc create failed|CreateContainerError|RunContainerError|StartError|ContainerCannotRun/i

/**
 * Why a start can no longer succeed, from what the service says of the group and, where it was asked, of the creating operation; undefined
 * while it still can. The service itself never gives up before 30 minutes, whatever the reason.
 */
export function findAciFailure(
  group: ContainerGroup,
  subject: AciSubject,
  operation?: Operation,
): BerthError | undefined {
  const groupEvents = [
    ...(group.properties.instanceView?.events ?? []),
    ...(operation?.properties?.events ?? []),
  ]
  return (
    capacityFailure(groupEvents, operation, subject) ??
    [...(group.properties.initContainers ?? []), ...group.properties.containers]
      .map((container) => containerFailure(container, group, subject))
      .find((failure) => failure !== undefined) ??
    operationFailure(group, operation, subject)
  )
}

function capacityFailure(
  events: readonly GroupEvent[],
  operation: Operation | undefined,
  { ref, location }: AciSubject,
): BerthError | undefined {
  const event = events.find(({ name }) => isCapacityCode(name))
  const error = isCapacityCode(operation?.error?.code) ? operation?.error : undefined
  if (event === undefined && !error) return undefined
  const words = event?.message ?? error?.message ?? 'no capacity is left'
  return new BerthError({
    code: 'capacity',
    message: `${ref}: ${plain(words)}${location === undefined ? '' : ` (${location})`}: ${CAPACITY_ADVICE}`,
  })
}

function containerFailure(
  container: Container,
  group: ContainerGroup,
  subject: AciSubject,
): BerthError | undefined {
  const events = container.properties.instanceView?.events ?? []
  // Once it has run, what failed before was mended.
  if (hasRun(container))
    return initFailure(container, group, subject) ?? deadOnArrival(container, events, subject)
  const failed = events.filter(({ name, type }) => name === 'Failed' || type === 'Warning')
  const pull = failed.find(({ message = '' }) => PULL_FAILED.test(message) && !isBareWord(message))
  if (pull) return pullFailure(container, pull, subject)
  const start = failed.find(({ message = '' }) => START_FAILED.test(message) && !isBareWord(message))
  return start && startFailure(container, start.message ?? '', subject)
}

/** `Error: ErrImagePull` and the like only repeat what another event explains. */
function isBareWord(message: string): boolean {
  return /^(?:Error: )?\w+$/.test(message.trim())
}

function hasRun({ properties }: Container): boolean {
  const { currentState, previousState } = properties.instanceView ?? {}
  return (
    currentState?.state === 'Running' ||
    currentState?.state === 'Terminated' ||
    previousState?.state !== undefined
  )
}

function pullFailure(
  { name, properties }: Container,
  { message = '', count = 1 }: GroupEvent,
  { ref }: AciSubject,
): BerthError | undefined {
  const passes = PASSES.test(message)
  if (passes && count < PULLS_UNTIL_GIVEN_UP) return undefined
  const advice = passes
    ? "is the image's registry reachable for Azure?"
    : "correct the image's name or tag, or give its registry's credentials: registry: {...}"
  return new BerthError({
    code: 'image-pull',
    message: `${ref} (${properties.image}): ${name === MAIN ? '' : `${name}: `}${plain(message)}: ${advice}`,
    retryable: passes,
  })
}

function startFailure(container: Container, message: string, { ref }: AciSubject): BerthError {
  const { name, properties } = container
  const copied = fileCopierOf(name)
  const program =
    /exec: "?([^":]+)"?: (?:stat \S+: no such file|executable file not found|no such file|is a directory|permission denied)/.exec(
      message,
    )?.[1]
  const advice =
    copied !== undefined
      ? `the files of ${copied} are copied by a shell of its image, which seems to have none; mount them instead: options: { aci: { files: 'mount' } }`
      : program === undefined
        ? 'see the events in the error’s evidence'
        : `the image has no program '${program}' that may be executed; correct command`
  return new BerthError({
    code: 'start-failed',
    message: `${ref} (${properties.image}): ${name === MAIN ? '' : `${name}: `}${plain(message)}: ${advice}`,
  })
}

/** The service may only say so by how the container ended, before its program could begin. */
function deadOnArrival(
  container: Container,
  events: readonly GroupEvent[],
  subject: AciSubject,
): BerthError | undefined {
  const { currentState } = container.properties.instanceView ?? {}
  if (currentState?.state !== 'Terminated' || !START_FAILED.test(currentState.detailStatus ?? ''))
    return undefined
  const words = events.find(({ name, message = '' }) => name === 'Failed' && !isBareWord(message))?.message
  const command = container.properties.command?.join(' ') ?? ''
  return startFailure(
    container,
    words ?? `${currentState.detailStatus} (exit code ${currentState.exitCode}) of the command ${command}`,
    subject,
  )
}

/** An init container that failed and is not started again keeps the others from ever starting. */
function initFailure(
  { name, properties }: Container,
  group: ContainerGroup,
  { ref }: AciSubject,
): BerthError | undefined {
  const isInit = group.properties.initContainers?.some((init) => init.name === name)
  const { currentState } = properties.instanceView ?? {}
  if (!isInit || currentState?.state !== 'Terminated' || currentState.exitCode === 0) return undefined
  if (group.properties.restartPolicy !== 'Never') return undefined
  const { exitCode } = currentState
  const copied = fileCopierOf(name)
  return new BerthError({
    code: 'start-failed',
    message:
      copied === undefined
        ? `${ref}: the init container ${name} (${properties.image}) ended with exit code ${exitCode ?? 'unknown'}, so the others never start; see its output in the error's evidence`
        : `${ref}: the files of ${copied} could not be put in place (exit code ${exitCode ?? 'unknown'}); see the output of ${name} in the error's evidence, or mount them instead: options: { aci: { files: 'mount' } }`,
    evidence: { exitCode },
  })
}

function operationFailure(
  group: ContainerGroup,
  operation: Operation | undefined,
  { ref }: AciSubject,
): BerthError | undefined {
  if (operation?.status !== 'Failed' && operation?.status !== 'Canceled') return undefined
  const warning = (operation.properties?.events ?? []).find(({ type }) => type === 'Warning')
  const words =
    operation.error?.message ?? warning?.message ?? `its state is ${group.properties.provisioningState}`
  return new BerthError({
    code: 'start-failed',
    message: `${ref}: the service could not start it: ${plain(words)}: see the events in the error's evidence`,
  })
}

function plain(text: string): string {
  return text.trim().replace(/\.$/, '')
}
