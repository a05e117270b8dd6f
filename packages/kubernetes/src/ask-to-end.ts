import { openRemoteSession } from './cluster/open-remote-session.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** A node that does not even begin it within so long will not. */
const LIMIT_IN_MS = 5_000

/** What a runtime gives for a program that is not there. */
const NO_SHELL: readonly (string | undefined)[] = ['126', '127']

/**
 * Sends SIGTERM to the first process of a container, by a shell in it. Gives whether it was sent: an image may have no shell.
 *
 * A Pod's containers cannot be stopped otherwise than by deleting the Pod, and their logs with it.
 */
export async function askToEnd(host: KubernetesHost, ref: string, container: string): Promise<boolean> {
  const signal = AbortSignal.timeout(LIMIT_IN_MS)
  try {
    const session = await openRemoteSession(
      host.client,
      {
        method: 'POST',
        path: `${await host.path('pods', ref)}/exec`,
        query: { container, command: ['sh', '-c', 'kill -TERM 1'], stdout: 'true', stderr: 'true' },
        signal,
      },
      { stdin: false, tty: false },
      await host.takesWebSockets(signal),
    )
    session.stdout.resume()
    session.stderr.resume()
    // The shell itself may be killed with the container, or lose its connection.
    return await session.ended.then(
      ({ status, reason, details }) => {
        const code = details?.causes?.find((cause) => cause.reason === 'ExitCode')?.message
        return status === 'Success' || (reason === 'NonZeroExitCode' && !NO_SHELL.includes(code))
      },
      () => true,
    )
  } catch {
    return false
  }
}
