import { setTimeout as sleep } from 'node:timers/promises'
import { BerthError, type CallContext, type LogLine, type LogQuery } from '@berth/core'
import { ClusterError } from './cluster/cluster-error.ts'
import type { Pod } from './cluster/pod.ts'
import { getPod, tellAnswer } from './kubernetes-calls.ts'
import type { KubernetesHost } from './kubernetes-host.ts'
import { readLogLines } from './log-lines.ts'
import { LogPosition } from './log-position.ts'
import { isAbsent } from './map-kubernetes-error.ts'
import { hasEnded, isKeptStopped, statusesOf } from './pod-state.ts'

/** While a container is waited for, its Pod is asked about so often. */
const PAUSE_IN_MS = 200

/** What part of one container's log is wanted. */
export type ContainerLogQuery = Pick<LogQuery, 'since' | 'tail' | 'follow' | 'previous'>

/** The lines of one container; with `follow` across restarts, rotations and cuts of the connection, until it has ended for good. */
export async function* streamContainerLog(
  host: KubernetesHost,
  ref: string,
  container: string,
  query: ContainerLogQuery,
  context: CallContext,
): AsyncGenerator<LogLine> {
  const position = new LogPosition(query.since, { isTail: query.tail !== undefined })
  let { tail } = query
  let wasOpen = false
  for (;;) {
    // Before the log is opened: what the container prints until its end is then in it.
    const wasOver = query.follow ? await isOver(host, ref, container, context) : true
    try {
      const stream = await openLog(host, ref, container, { ...query, tail }, position.since, context)
      wasOpen = true
      // What is new from here on, and not its last lines.
      tail = undefined
      for await (const line of readLogLines(stream, container)) if (position.passes(line)) yield line.line
      if (wasOver) return
    } catch (error) {
      context.signal.throwIfAborted()
      // It was removed while it was read: nothing more comes.
      if (wasOpen && isAbsent(error)) return
      if (await isFinal(error, host, ref, container, query, context)) return
    }
    await pause(context.signal)
    position.reopen()
  }
}

async function openLog(
  host: KubernetesHost,
  ref: string,
  container: string,
  { tail, follow, previous }: ContainerLogQuery,
  since: string | undefined,
  context: CallContext,
) {
  return await host.client.stream(
    {
      method: 'GET',
      path: `${await host.path('pods', ref)}/log`,
      accept: '*/*',
      query: {
        container,
        timestamps: 'true',
        ...(follow && { follow: 'true' }),
        ...(previous && { previous: 'true' }),
        ...(tail !== undefined && { tailLines: String(tail) }),
        ...(since !== undefined && { sinceTime: since }),
      },
      signal: context.signal,
    },
    (answer) => tellAnswer(context, answer),
  )
}

/** Whether an error ends the log; throws what is none of a log that is only not there yet, or was cut. */
async function isFinal(
  error: unknown,
  host: KubernetesHost,
  ref: string,
  container: string,
  { follow }: ContainerLogQuery,
  context: CallContext,
): Promise<boolean> {
  const isBroken = !ClusterError.isInstance(error) || error.status === undefined
  if (isBroken) {
    if (follow) return false
    throw error
  }
  if (isAbsent(error)) throw absent(ref, container)
  if (error.status !== 400) throw error
  if (/is not valid for pod|not found in pod/.test(error.message)) throw absent(ref, container)
  // It waits to start, or has ended without ever doing so: nothing was printed.
  return !follow || (await isOver(host, ref, container, context))
}

/** Whether a container has ended for good. */
async function isOver(
  host: KubernetesHost,
  ref: string,
  container: string,
  context: CallContext,
): Promise<boolean> {
  const pod = (host.watches > 0 && host.views.get(ref)?.pod) || (await getPod(host, ref, context))?.object
  return pod ? containerIsOver(pod, container) : true
}

function containerIsOver(pod: Pod, container: string): boolean {
  if (hasEnded(pod) || isKeptStopped(pod)) return true
  const end = statusesOf(pod).find(({ name }) => name === container)?.state?.terminated
  if (end === undefined) return false
  const isInit = pod.spec.initContainers?.some(({ name }) => name === container) ?? false
  const { restartPolicy } = pod.spec
  return restartPolicy === 'Never' || ((restartPolicy === 'OnFailure' || isInit) && end.exitCode === 0)
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(PAUSE_IN_MS, undefined, { signal }).catch(() => signal.throwIfAborted())
}

function absent(ref: string, container: string): BerthError {
  return new BerthError({
    code: 'not-found',
    message: `${ref} has no container ${container} whose log could be read; it was removed, or the name is wrong`,
  })
}
