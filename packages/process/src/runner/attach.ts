import type { Execution } from './execute.ts'
import { openExecution } from './execution-connection.ts'
import type { FoundGroup } from './read-group.ts'
import { RunnerError } from './runner-error.ts'
import { askSupervisor } from './supervisor-connection.ts'

/** How a container's main process is joined. */
export interface AttachOptions {
  readonly container: string
  /**
   * Whether to write to its input, which ends when this connection does. The container must have been made with `stdin`; another takes what
   * is written and does nothing with it. Default false.
   */
  readonly stdin?: boolean | undefined
  /** Leaves, and rejects `exited` with the reason; the container goes on. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Joins the main process of a running container: its output from now on, and its input. A container waits for a reader that lags behind.
 * @throws RunnerError `not-found`, `not-running`; the reason of `signal`
 */
export async function attach(found: FoundGroup, options: AttachOptions): Promise<Execution> {
  const { container, stdin = false, signal } = options
  signal?.throwIfAborted()
  const request = { operation: 'attach', container, stdin } as const
  // A supervisor whose group has just ended may leave between the question and its answer: asked again, nobody is there.
  for (const isLast of [false, true]) {
    const socket = await askSupervisor(found, request)
    if (socket === null) break
    try {
      return await openExecution(socket, signal)
    } catch (error) {
      const hasLeft = error instanceof RunnerError && error.code === 'unavailable'
      if (!hasLeft || isLast) throw error
    }
  }
  throw new RunnerError('not-running', `container ${container} of group ${found.record.name} is not running`)
}
