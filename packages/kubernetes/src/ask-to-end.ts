import { openRemoteSession } from './cluster/open-remote-session.ts'
import type { KubernetesHost } from './kubernetes-host.ts'

/** A node that does not even begin it within so long will not. */
const LIMIT_IN_MS = 5_000

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
    return (await session.ended).status === 'Success'
  } catch {
    return false
  }
}
