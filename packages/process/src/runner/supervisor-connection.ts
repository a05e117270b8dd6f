import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { GroupState } from './group-record.ts'
import type { FoundGroup } from './read-group.ts'
import { RunnerError, type RunnerErrorCode } from './runner-error.ts'
import { socketPath } from './state-directory.ts'

/** What can be asked of a supervisor: the first line of a connection. */
export type SupervisorRequest =
  | { readonly operation: 'watch' }
  /** Answered by {@link LogTick} lines until the group, or the container, writes no more. */
  | { readonly operation: 'follow'; readonly container: string | null }
  | { readonly operation: 'stop'; readonly graceInMs: number; readonly stopSignal: string }
  | { readonly operation: 'kill'; readonly container: string | null; readonly stopSignal: string }
  | { readonly operation: 'restart'; readonly container: string | null; readonly graceInMs: number }
  | { readonly operation: 'attach'; readonly container: string; readonly stdin: boolean }
  | {
      readonly operation: 'exec'
      readonly container: string
      readonly command: readonly string[]
      readonly env: Readonly<Record<string, string>>
      readonly workingDirectory: string | null
    }

/** The log file has so many bytes; `ended` when no more will come for what is followed. */
export interface LogTick {
  readonly size: number
  readonly ended: boolean
}

export type SupervisorReply = { readonly state: GroupState } | FailureReply

export interface FailureReply {
  readonly code: RunnerErrorCode
  readonly message: string
}

/** Opens a connection with its request; null when no supervisor listens. */
export async function askSupervisor(found: FoundGroup, request: SupervisorRequest): Promise<Socket | null> {
  const socket = connect(socketPath(found.directory, found.record.uid))
  try {
    await once(socket, 'connect')
  } catch {
    return null
  }
  // What breaks the connection later shows as its end.
  socket.on('error', () => {})
  socket.write(`${JSON.stringify(request)}\n`)
  return socket
}

/**
 * Asks once and waits for the answer; null when there is no supervisor or it ended without one.
 * @throws RunnerError as the supervisor says; the reason of `signal`
 */
export async function callSupervisor(
  found: FoundGroup,
  request: SupervisorRequest,
  signal?: AbortSignal,
): Promise<GroupState | null> {
  signal?.throwIfAborted()
  const socket = await askSupervisor(found, request)
  if (socket === null) return null
  for await (const line of readLines<SupervisorReply>(socket, signal)) {
    if ('state' in line) return line.state
    throw new RunnerError(line.code, line.message)
  }
  return null
}

/** The JSON lines of a connection until it ends; the socket is closed when the reader stops. */
export async function* readLines<T>(socket: Socket, signal?: AbortSignal): AsyncGenerator<T> {
  const abort = () => socket.destroy()
  signal?.addEventListener('abort', abort, { once: true })
  let pending = ''
  try {
    signal?.throwIfAborted()
    for await (const chunk of socket.setEncoding('utf8')) {
      const lines = (pending + chunk).split('\n')
      pending = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as T
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (error instanceof RunnerError || error instanceof SyntaxError) throw error
    // A connection that breaks is one that ended: the supervisor is gone.
  } finally {
    signal?.removeEventListener('abort', abort)
    socket.destroy()
  }
  signal?.throwIfAborted()
}
