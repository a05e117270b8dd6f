import { BerthError } from '@berth/core'
import type { AciSubject } from './aci-error-meaning.ts'
import { fileCopierOf, MAIN } from './aci-names.ts'
import type { Container, ContainerGroup } from './arm/container-group.ts'
import { countedState } from './map-aci-container.ts'

/** A pull that failed for a reason that may pass is tried again by the service; after so many times it is given up here. */
const PULLS_UNTIL_GIVEN_UP = 4
const PASSES =
  /timeout|timed out|deadline|connection re(?:fused|set)|unexpected EOF|\b50[0234]\b|no such host|temporary failure|i\/o/i
const PULL_FAILED =
  /failed to pull image|failed to pull and unpack|pulling image|error pulling|ErrImagePull|ImagePullBackOff/i
const START_FAILED =
  /failed to (?:start|create) container|failed to create containerd task|failed to create shim|OCI runtime create failed|runc create failed|CreateContainerError|RunContainerError|StartError|ContainerCannotRun/i
const NO_PROGRAM =
  /exec: "?([^":]+)"?: (?:stat \S+: no such file|executable file not found|no such file|is a directory|permission denied)/

/** Why a container can no longer start; undefined while it can, or once it has. */
export function findContainerFailure(
  container: Container,
  group: ContainerGroup,
  subject: AciSubject,
): BerthError | undefined {
  // Once it has run, what failed before was mended.
  if (hasRun(container)) return initFailure(container, group, subject) ?? deadOnArrival(container, subject)
  const told = failuresOf(container)
  const pull = told.find(({ message }) => PULL_FAILED.test(message))
  if (pull) {
    const isTriedAgain = PASSES.test(pull.message) && pull.count < PULLS_UNTIL_GIVEN_UP
    return isTriedAgain ? undefined : pullFailure(container, pull.message, subject)
  }
  const start = told.find(({ message }) => START_FAILED.test(message))
  return start && startFailure(container, start.message, subject)
}

/** What the service's words say of a container; undefined where they speak neither of its pull nor of its start. */
export function failureOfWords(
  container: Container,
  words: string,
  subject: AciSubject,
): BerthError | undefined {
  if (PULL_FAILED.test(words)) return pullFailure(container, words, subject)
  return START_FAILED.test(words) ? startFailure(container, words, subject) : undefined
}

/** `Error: ErrImagePull` and the like only repeat what another event explains. */
function failuresOf({ properties }: Container): { readonly message: string; readonly count: number }[] {
  return (properties.instanceView?.events ?? []).flatMap(({ name, type, message = '', count = 1 }) =>
    (name === 'Failed' || type === 'Warning') && !/^(?:Error: )?\w+$/.test(message.trim())
      ? [{ message, count }]
      : [],
  )
}

function hasRun({ properties }: Container): boolean {
  const { currentState, previousState } = properties.instanceView ?? {}
  return (
    currentState?.state === 'Running' ||
    currentState?.state === 'Terminated' ||
    previousState?.state !== undefined
  )
}

function pullFailure(container: Container, words: string, subject: AciSubject): BerthError {
  const passes = PASSES.test(words)
  const advice = passes
    ? "is the image's registry reachable for Azure?"
    : "correct the image's name or tag, or give its registry's credentials: registry: {...}"
  return new BerthError({
    code: 'image-pull',
    message: `${subjectOf(container, subject)}: ${plain(words)}: ${advice}`,
    retryable: passes,
  })
}

function startFailure(container: Container, words: string, subject: AciSubject): BerthError {
  const copied = fileCopierOf(container.name)
  const program = NO_PROGRAM.exec(words)?.[1]
  const advice =
    copied !== undefined
      ? `the files of ${copied} are copied by a shell of its image, which seems to have none; ${MOUNT_INSTEAD}`
      : program === undefined
        ? "see the events in the error's evidence"
        : `the image has no program '${program}' that may be executed; correct command`
  return new BerthError({
    code: 'start-failed',
    message: `${subjectOf(container, subject)}: ${plain(words)}: ${advice}`,
  })
}

const MOUNT_INSTEAD = "mount them instead: options: { aci: { files: 'mount' } }"

/** The service may only say so by how the container ended, before its program could begin; it may try again then, with the same end. */
function deadOnArrival(container: Container, subject: AciSubject): BerthError | undefined {
  const { currentState, previousState } = container.properties.instanceView ?? {}
  const end = currentState?.state === 'Waiting' ? previousState : currentState
  if (end?.state !== 'Terminated' || !START_FAILED.test(end.detailStatus ?? '')) return undefined
  const command = container.properties.command?.join(' ') ?? 'of the image'
  const words =
    failuresOf(container)[0]?.message ??
    `${end.detailStatus} (exit code ${end.exitCode}) of the command ${command}`
  return startFailure(container, words, subject)
}

/** An init container that failed and is not started again keeps the others from ever starting. */
function initFailure(
  container: Container,
  group: ContainerGroup,
  { ref }: AciSubject,
): BerthError | undefined {
  const { name, properties } = container
  const { initContainers, restartPolicy } = group.properties
  const isInit = initContainers?.some((init) => init.name === name)
  const end = countedState(container, group)
  if (!isInit || restartPolicy !== 'Never' || end?.state !== 'Terminated' || end.exitCode === 0)
    return undefined
  const { exitCode } = end
  const copied = fileCopierOf(name)
  const message =
    copied === undefined
      ? `${ref}: the init container ${name} (${properties.image}) ended with exit code ${exitCode ?? 'unknown'}, so the others never start; see its output in the error's evidence`
      : `${ref}: the files of ${copied} could not be put in place (exit code ${exitCode ?? 'unknown'}); see the output of ${name} in the error's evidence, or ${MOUNT_INSTEAD}`
  return new BerthError({ code: 'start-failed', message, evidence: { exitCode } })
}

function subjectOf({ name, properties }: Container, { ref }: AciSubject): string {
  return `${ref} (${properties.image})${name === MAIN ? '' : `: ${name}`}`
}

/** So that it can stand within a sentence. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, '')
}
