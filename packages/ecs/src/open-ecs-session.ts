import type { Container, Task } from '@aws-sdk/client-ecs'
import {
  BerthError,
  type CallContext,
  delay,
  type ExecOptions,
  growingPauses,
  openShellSession,
  type Session,
} from '@berth/core'
import { AwsError } from './aws/aws-error.ts'
import type { EcsAccount } from './ecs-account.ts'
import { callEcs } from './ecs-calls.ts'
import { MAIN } from './ecs-names.ts'
import { describeTask, patiently } from './list-tasks.ts'
import { refuseUnknown } from './log-end.ts'
import { openDataChannel } from './ssm/open-data-channel.ts'
import { isJustOrdered } from './task-view.ts'

const AGENT = 'ExecuteCommandAgent'
/** The agent comes up after the container; one that has not by then will not. */
const AGENT_WITHIN_MS = 60_000

/**
 * Runs a command in a container. The service starts one program in a terminal, and does not tell how it ended: so it is a shell that is
 * started, and the command typed into it. Throws `not-found` or `start-failed` where the program does not start, `unsupported` in a task
 * without a role that may.
 */
export async function openEcsSession(
  account: EcsAccount,
  ref: string,
  command: readonly string[],
  { container = MAIN, env, workingDirectory, stdin, tty }: ExecOptions,
  context: CallContext,
): Promise<Session> {
  await untilAgentRuns(account, ref, container, context)
  const { output } = await patiently(
    () =>
      callEcs(account, context, 'ExecuteCommand', 'changes', (ecs, options) =>
        ecs.executeCommand(
          { cluster: account.place.cluster, task: ref, container, command: '/bin/sh', interactive: true },
          options,
        ),
      ),
    context,
  )
  const { streamUrl = '', tokenValue = '' } = output.session ?? {}
  const channel = await openDataChannel({ streamUrl, tokenValue, signal: context.signal })
  return await openShellSession(
    channel,
    { command, env, workingDirectory, stdin, tty },
    {
      subject: ref,
      signal: context.signal,
      resize: async (_terminal, size) => channel.resize(size),
    },
  )
}

/** A command can be run once the agent in the container says that it runs, a while after the container. */
async function untilAgentRuns(
  account: EcsAccount,
  ref: string,
  container: string,
  context: CallContext,
): Promise<void> {
  const startedAt = performance.now()
  for (const pauseInMs of growingPauses(200, 1_000)) {
    const found = await describeTask(account, ref, context)
    if (found === null && !isJustOrdered(account.views.get(ref)))
      throw new BerthError({ code: 'not-found', message: `${ref} is not there` })
    const state = found && agentState(found.task, ref, container)
    if (state === 'RUNNING') return
    if (performance.now() - startedAt > AGENT_WITHIN_MS) {
      throw new AwsError({
        operation: 'ExecuteCommand',
        name: 'TargetNotConnectedException',
        status: 400,
        message: `${ref}: the agent in ${container} is still ${state ?? 'not there'}`,
      })
    }
    await delay(pauseInMs, context.signal)
  }
}

/** The state of the agent in a container, where it may yet come to run. */
function agentState(task: Task, ref: string, container: string): string | undefined {
  refuseUnknown(task, ref, container)
  const own = task.containers?.find(({ name }) => name === container)
  const state =
    task.enableExecuteCommand === false
      ? 'ABSENT'
      : own?.managedAgents?.find(({ name }) => name === AGENT)?.lastStatus
  refuseHopeless(task, own, state, ref, container)
  return state
}

function refuseHopeless(
  task: Task,
  container: Container | undefined,
  state: string | undefined,
  ref: string,
  name: string,
): void {
  if (container?.lastStatus === 'STOPPED' || task.lastStatus === 'STOPPED') {
    throw new BerthError({
      code: 'exited',
      message: `${ref}: ${name} has ended, and no command can be run in it any more`,
    })
  }
  if (state === 'ABSENT') {
    throw new BerthError({
      code: 'unsupported',
      message: `${ref}: it was started without a role that lets commands be run in it: berth doctor ecs --fix makes one for runs from then on, ecs({ taskRole }) or BERTH_ECS_TASK_ROLE names another`,
    })
  }
  if (state !== 'STOPPED') return
  const reason = container?.managedAgents?.find((agent) => agent.name === AGENT)?.reason
  throw new BerthError({
    code: 'start-failed',
    message: `${ref}: the agent that runs commands in ${name} has ended${reason ? `: ${reason}` : ''}: may the task's role open its channels (ssmmessages), and is the file system writable?`,
  })
}
