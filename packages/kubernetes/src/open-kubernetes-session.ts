import { BerthError, type CallContext, type ExecOptions, type Session, type SessionExit } from '@berth/core'
import { openRemoteSession } from './cluster/open-remote-session.ts'
import type { RemoteSession } from './cluster/remote-session.ts'
import type { Status } from './cluster/status.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { MAIN } from './kubernetes-names.ts'
import { execStartFailure, mapKubernetesError } from './map-kubernetes-error.ts'

/** What Docker's runtime says on the command's own output where it could not start it; the code is then 126 or 127. */
const RUNTIME_WORDS = /^OCI runtime exec failed: (?:exec failed: )?/

/** Runs a command in a container. Where the program does not start, `exited` says so: the API answers before it is tried. */
export async function openKubernetesSession(
  host: KubernetesHost,
  ref: string,
  command: readonly string[],
  options: ExecOptions,
  context: CallContext,
): Promise<Session> {
  const { container = MAIN, tty, stdin } = options
  if (options.user !== undefined) {
    throw new BerthError({
      code: 'unsupported',
      message: `${ref}: exec as another user (${options.user}) is nothing that Kubernetes has; run su or setpriv in the command, where the image has it`,
    })
  }
  const flags = {
    stdout: 'true',
    ...(!tty && { stderr: 'true' }),
    ...(stdin && { stdin: 'true' }),
    ...(tty && { tty: 'true' }),
  }
  const remote = await openRemoteSession(
    host.client,
    {
      method: 'POST',
      path: `${await host.path('pods', ref)}/exec`,
      query: { container, command: wrapped(command, options), ...flags },
      signal: context.signal,
    },
    { stdin, tty },
    await host.takesWebSockets(context.signal),
  )
  return sessionOf(remote, context, ref, (status) => {
    const exit = exitOf(status)
    const text = remote.firstWords()
    const isRefused =
      exit === undefined || ([126, 127].includes(exit.exitCode ?? 0) && RUNTIME_WORDS.test(text))
    if (exit !== undefined && !isRefused) return exit
    const said = exit === undefined ? (status.message ?? status.reason ?? '') : text
    throw execStartFailure(ref, command, said.replace(RUNTIME_WORDS, ''))
  })
}

/** A session of the streams. `exit` makes of the status what the process' end was. */
export function sessionOf(
  remote: RemoteSession,
  { signal }: CallContext,
  ref: string,
  exit: (status: Status) => SessionExit,
): Session {
  let closed = false
  const abort = () => remote.close()
  signal.addEventListener('abort', abort, { once: true })
  const exited = remote.ended.then(
    (status) => (closed ? { exitCode: undefined } : exit(status)),
    (error: unknown) => {
      throw signal.aborted ? signal.reason : mapKubernetesError(error, { ref })
    },
  )
  exited.catch(() => {}).finally(() => signal.removeEventListener('abort', abort)) // whoever wants to know awaits it
  const close = async () => {
    closed = true
    remote.close()
  }
  return {
    stdin: remote.stdin,
    stdout: remote.stdout,
    stderr: remote.stderr,
    exited,
    resize: async (size) => remote.resize(size),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Environment and directory are nothing that the API takes: where they are asked for, a shell in the container sets them. */
function wrapped(
  command: readonly string[],
  { env, workingDirectory }: Pick<ExecOptions, 'env' | 'workingDirectory'>,
): readonly string[] {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  if (variables.length === 0 && workingDirectory === undefined) return command
  const change = workingDirectory === undefined ? '' : 'cd -- "$1" || exit 126; '
  return ['sh', '-c', `${change}shift; exec env "$@"`, 'sh', workingDirectory ?? '', ...variables, ...command]
}

/** How the command ended; undefined where it did not even begin. */
function exitOf({ status, reason, details }: Status): SessionExit | undefined {
  if (status === 'Success') return { exitCode: 0 }
  const code = details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message
  return reason === 'NonZeroExitCode' && code !== undefined ? { exitCode: Number(code) } : undefined
}
