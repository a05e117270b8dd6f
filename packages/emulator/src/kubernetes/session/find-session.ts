import type { Execution, Pod as Sandbox } from '../../backend/backend.ts'
import type { KubernetesParts } from '../kubernetes-parts.ts'
import { chooseContainer } from '../pod/choose-container.ts'
import type { PodController } from '../pod/pod-controller.ts'
import { isTrue, type Target } from '../rest/read-target.ts'
import { badRequest, notFound, StatusError } from '../status-error.ts'
import { execInSandbox } from './exec-in-sandbox.ts'
import type { SessionOptions } from './session-streams.ts'

/** What a session is with. */
export type FoundSession =
  | { readonly kind: 'portforward'; readonly sandbox: Sandbox; readonly podName: string }
  | {
      readonly kind: 'exec' | 'attach'
      readonly options: SessionOptions
      readonly command: readonly string[]
      readonly open: () => Promise<Execution>
    }

/** Finds the container, or the Pod, that a session is asked for with. @throws StatusError */
export function findSession(
  { type, namespace, name = '', subresource }: Target,
  { searchParams }: URL,
  { cluster, pods }: { readonly cluster: KubernetesParts; readonly pods: PodController },
): FoundSession {
  const pod = cluster.store.get('pods', namespace, name)
  if (!pod) throw notFound(type, name)
  if (!pod.spec.nodeName) throw badRequest(`pod ${name} does not have a host assigned`)
  const life = pods.find(pod)
  const sandbox = life?.sandbox
  if (subresource === 'portforward') {
    if (!sandbox || pod.status?.phase !== 'Running')
      throw unable(`pod not running, current phase: ${pod.status?.phase}`)
    return { kind: 'portforward', sandbox, podName: name }
  }
  const container = chooseContainer(pod, searchParams.get('container'))
  if (!sandbox || !life?.container(container)?.isRunning)
    throw unable(`container not found (${JSON.stringify(container)})`)
  const is = (part: string) => isTrue(searchParams.get(part))
  const options = { stdin: is('stdin'), stdout: is('stdout'), stderr: is('stderr'), tty: is('tty') }
  if (!options.stdin && !options.stdout && !options.stderr)
    throw badRequest('you must specify at least 1 of stdin, stdout, stderr')
  if (subresource === 'attach')
    return {
      kind: 'attach',
      options,
      command: [],
      open: () => sandbox.attach(container, { stdin: options.stdin }),
    }
  const command = searchParams.getAll('command')
  if (command.length === 0) throw badRequest('you must specify at least one command for the container')
  const { tty, stdin } = options
  return {
    kind: 'exec',
    options,
    command,
    open: () => execInSandbox(cluster.world.backend, sandbox, container, command, { tty, stdin }),
  }
}

function unable(why: string): StatusError {
  return new StatusError(500, 'InternalError', `unable to upgrade connection: ${why}`)
}
