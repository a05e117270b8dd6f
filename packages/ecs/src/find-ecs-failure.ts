import type { Container, Task, TaskDefinition } from '@aws-sdk/client-ecs'
import { BerthError } from '@berth/core'
import { MAIN, taskId } from './ecs-names.ts'
import { hasRun } from './has-run.ts'
import { CAPACITY_ADVICE, meaningOfReason } from './stopped-reason.ts'

const NO_PROGRAM = /exec: "?([^":\s]+)"?|"([^"]+)": executable file not found|stat (\S+): no such file/

/**
 * Why the start of a task can no longer succeed; undefined while it still can, and for one whose main container ran and ended by itself: that is
 * its exit code's to say.
 */
export function findEcsFailure(task: Task, definition: TaskDefinition | undefined): BerthError | undefined {
  const { stopCode, stoppedReason = '', containers = [] } = task
  const main = containers.find(({ name }) => name === MAIN)
  const isEnding = task.desiredStatus === 'STOPPED' || task.lastStatus === 'STOPPED'
  if (!isEnding || main?.exitCode !== undefined) return spotFailure(task)
  if (stopCode === 'UserInitiated') return undefined
  const before = containers.find((container) => isFailedInit(container, definition))
  if (before !== undefined) return initFailure(task, before)
  const culprit = containers.find(({ reason, exitCode }) => Boolean(reason) && exitCode === undefined)
  const words = [...new Set([culprit?.reason, stoppedReason])].filter(Boolean).join(': ')
  // Its end is known before it is known how.
  if (words === '' && task.lastStatus !== 'STOPPED') return undefined
  if (stopCode === 'SpotInterruption' || stopCode === 'TerminationNotice') return taken(task)
  const meaning = meaningOfReason(words)
  if (meaning === undefined && hasRun(task)) return undefined
  const { code, advice, retryable } = meaning ?? {
    code: 'start-failed' as const,
    advice: "see the events in the error's evidence",
    retryable: stopCode === 'InfrastructureHealth',
  }
  const image = culprit?.image ?? main?.image
  const program = code === 'start-failed' ? programOf(words, definition, culprit?.name) : undefined
  return new BerthError({
    code,
    message: [
      `${nameOf(task)}${image ? ` (${image})` : ''}${culprit && culprit.name !== MAIN ? `: ${culprit.name}` : ''}`,
      plain(words || stopCode || 'it ended before it began'),
      program === undefined
        ? advice
        : `the image has no program '${program}' that may be executed; correct command`,
    ].join(': '),
    retryable,
  })
}

/** The program that could not be started, by the service's words or by what was asked for. */
function programOf(
  words: string,
  definition: TaskDefinition | undefined,
  container = MAIN,
): string | undefined {
  if (!/no such file|not found|permission denied|CannotStart|CannotCreate/i.test(words)) return undefined
  const match = NO_PROGRAM.exec(words)
  const own = definition?.containerDefinitions?.find(({ name }) => name === container)
  return match?.slice(1).find(Boolean) ?? own?.entryPoint?.[0] ?? own?.command?.[0]
}

/** Spare capacity that was taken back after the task had run. */
function spotFailure(task: Task): BerthError | undefined {
  return task.stopCode === 'SpotInterruption' && !hasRun(task) ? taken(task) : undefined
}

function taken(task: Task): BerthError {
  return new BerthError({
    code: 'capacity',
    message: `${nameOf(task)}: ${plain(task.stoppedReason || `its capacity was taken back (${task.stopCode})`)}: ${CAPACITY_ADVICE}`,
  })
}

/** An init container that failed keeps the others from ever starting. */
function isFailedInit({ name, exitCode }: Container, definition: TaskDefinition | undefined): boolean {
  const isInit = definition?.containerDefinitions?.some(({ dependsOn = [] }) =>
    dependsOn.some(({ containerName, condition }) => containerName === name && condition === 'SUCCESS'),
  )
  return isInit === true && exitCode !== undefined && exitCode !== 0
}

function initFailure(task: Task, { name, image, exitCode }: Container): BerthError {
  return new BerthError({
    code: 'start-failed',
    message: `${nameOf(task)}: the init container ${name} (${image}) ended with exit code ${exitCode}, so the others never start; see its output in the error's evidence`,
    evidence: { exitCode },
  })
}

/** Its run's name, which the task bears as its group. */
function nameOf({ group = '', taskArn = '' }: Task): string {
  return group === '' || group.startsWith('family:') ? taskId(taskArn) : group
}

/** So that it can stand within a sentence. */
function plain(text: string): string {
  return text.trim().replace(/\.$/, '')
}
