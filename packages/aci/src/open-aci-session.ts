import {
  type CallContext,
  type ExecOptions,
  openSentinelSession,
  type Session,
  sentinelScript,
} from '@berth/core'
import type { AciAccount } from './aci-account.ts'
import { callContainer } from './aci-calls.ts'
import { MAIN } from './aci-names.ts'
import { connectWebSocket } from './arm/connect-web-socket.ts'
import { execCommandLine } from './exec-command-line.ts'

/** The service wants a size, whether or not anybody looks. */
const TERMINAL = { rows: 40, cols: 200 }

/** Runs a command in a container. Throws `not-found` or `start-failed` where the program does not start. */
export async function openAciSession(
  account: AciAccount,
  ref: string,
  command: readonly string[],
  { container = MAIN, env, workingDirectory, stdin, tty }: ExecOptions,
  context: CallContext,
): Promise<Session> {
  const script = sentinelScript({ command, env, workingDirectory, stdin, tty })
  const { webSocketUri, password } = await callContainer(
    account,
    context,
    { ref, container, what: 'exec' },
    (containers, resourceGroup, options) =>
      containers.executeCommand(
        resourceGroup,
        ref,
        container,
        { command: execCommandLine(script.script), terminalSize: TERMINAL },
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
  return await openSentinelSession(channel, script, { subject: ref, signal: context.signal })
}
