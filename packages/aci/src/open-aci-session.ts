import {
  type CallContext,
  type ExecOptions,
  NEVER_ABORTED,
  openShellSession,
  type Session,
  type ShellCommand,
} from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { callContainer } from './aci-calls.ts'
import { MAIN } from './aci-names.ts'
import { connectWebSocket } from './arm/connect-web-socket.ts'

/** The size of the terminal that every exec has, whether or not anybody looks; the service never changes it. */
const TERMINAL_SIZE = { rows: 40, cols: 200 }

/**
 * Runs a command in a container. The service starts one program without arguments, in a terminal, and does not tell how it ended: so it is
 * a shell that is started, and the command typed into it. Throws `not-found` or `start-failed` where the program does not start.
 */
export async function openAciSession(
  account: AciAccount,
  ref: string,
  command: readonly string[],
  { container = MAIN, env, workingDirectory, stdin, tty }: ExecOptions,
  context: CallContext,
): Promise<Session> {
  return await typeCommand(account, ref, container, { command, env, workingDirectory, stdin, tty }, context)
}

async function typeCommand(
  account: AciAccount,
  ref: string,
  container: string,
  command: ShellCommand,
  context: CallContext,
): Promise<Session> {
  const { webSocketUri, password } = await callContainer(
    account,
    context,
    { ref, container, what: 'exec' },
    (containers, resourceGroup, options) =>
      containers.executeCommand(
        resourceGroup,
        ref,
        container,
        { command: '/bin/sh', terminalSize: TERMINAL_SIZE },
        options,
      ),
  )
  const { endpoint } = await account.place()
  const channel = await connectWebSocket({
    uri: webSocketUri ?? '',
    endpoint,
    firstFrame: password,
    signal: context.signal,
  })
  return await openShellSession(channel, command, {
    subject: ref,
    signal: context.signal,
    resize: async (terminal, { columns, rows }) => {
      // From within the container, past the service: by a second exec.
      const words = [
        'sh',
        '-c',
        `stty rows "$1" cols "$2" <"$3"`,
        'sh',
        String(rows),
        String(columns),
        terminal,
      ]
      const plain = { command: words, env: {}, workingDirectory: undefined, stdin: false, tty: false }
      await using session = await typeCommand(account, ref, container, plain, {
        ...context,
        signal: NEVER_ABORTED,
      })
      session.stdout.resume()
      await session.exited
    },
  })
}
