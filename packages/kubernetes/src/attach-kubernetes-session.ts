import type { AttachOptions, CallContext, Session } from '@berth/core'
import { openRemoteSession } from './cluster/open-remote-session.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { MAIN } from './kubernetes-names.ts'
import { sessionOf } from './open-kubernetes-session.ts'

/** Joins the output of a container's main process from now on. Its input is closed: see the capability `attach`. */
export async function attachKubernetesSession(
  host: KubernetesHost,
  ref: string,
  { container = MAIN }: AttachOptions,
  context: CallContext,
): Promise<Session> {
  const remote = await openRemoteSession(
    host.client,
    {
      method: 'POST',
      path: `${await host.path('pods', ref)}/attach`,
      query: { container, stdout: 'true', stderr: 'true' },
      signal: context.signal,
    },
    { stdin: false, tty: false },
    await host.takesWebSockets(context.signal),
  )
  // How the process ended stands in the run's state; the connection's own end does not tell it.
  return sessionOf(remote, context, ref, () => ({ exitCode: undefined }))
}
