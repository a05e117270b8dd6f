import { setTimeout as sleep } from 'node:timers/promises'
import { isRaw } from './container-stream-calls.ts'
import { EngineError } from './engine-error.ts'
import type { CallOptions, EngineRequest } from './engine-request.ts'
import type { EngineTransport } from './engine-transport.ts'
import type { HijackedSession } from './hijacked-session.ts'

/** A program to run in a running container; the engine's own field names. */
export interface ExecCreateBody {
  readonly Cmd: readonly string[]
  readonly AttachStdin?: boolean | undefined
  readonly AttachStdout?: boolean | undefined
  readonly AttachStderr?: boolean | undefined
  readonly Tty?: boolean | undefined
  /** `NAME=value`. */
  readonly Env?: readonly string[] | undefined
  readonly WorkingDir?: string | undefined
  readonly User?: string | undefined
  readonly Privileged?: boolean | undefined
}

/** Fields of an exec. */
export interface ExecInspect {
  readonly ID: string
  readonly Running: boolean
  /** Null while it has not ended. */
  readonly ExitCode: number | null
  /** On the host; 0 before it started. */
  readonly Pid: number
  readonly ContainerID: string
}

/** Calls about programs run in a running container. */
export interface ExecCalls {
  /** Resolves with the exec's id. @throws EngineError 404 no such container, 409 not running */
  create(containerId: string, body: ExecCreateBody, options?: CallOptions): Promise<string>
  /**
   * Starts it and stays connected. `tty` must be what it was created with. A program that cannot be found is 400, or
   * a session whose exit code is 126 or 127.
   */
  start(execId: string, options: CallOptions & { readonly tty: boolean }): Promise<HijackedSession>
  /**
   * Waits until the program of a session that was just started runs, or has run: null. Where it could not be started: what the engine wrote
   * of it, which nobody else must have read. The engine opens the session first, and then writes its failure into the output, with the code
   * of a shell that does not find a command; only the process' number tells the two apart.
   */
  startFailure(execId: string, session: HijackedSession, options?: CallOptions): Promise<string | null>
  /** Starts it and leaves it alone. */
  startDetached(execId: string, options?: CallOptions): Promise<void>
  /** Null where the engine has forgotten it. */
  inspect(execId: string, options?: CallOptions): Promise<ExecInspect | null>
  /**
   * The exit code, once it has one. The engine learns it a moment after the session has closed: call it then.
   *
   * @throws EngineError 404 when the engine has forgotten it
   */
  exitCode(execId: string, options?: CallOptions): Promise<number>
  /** Rows and columns of its terminal. */
  resize(
    execId: string,
    size: { readonly rows: number; readonly columns: number },
    options?: CallOptions,
  ): Promise<void>
}

const longestPauseInMs = 100
/** Podman may not tell a process' number; then a program that has run this long has started. */
const surelyStartedAfterMs = 5_000

/** Binds the calls to a transport. */
export function execCalls(transport: EngineTransport): ExecCalls {
  const at = (execId: string, verb: string) => `/exec/${encodeURIComponent(execId)}/${verb}`
  const inspect: ExecCalls['inspect'] = (execId, { signal } = {}) =>
    transport.jsonOrNull({ method: 'GET', path: at(execId, 'json'), signal })
  return {
    async create(containerId, body, { signal } = {}) {
      const path = `/containers/${encodeURIComponent(containerId)}/exec`
      return (await transport.json<{ Id: string }>({ method: 'POST', path, json: body, signal })).Id
    },
    async start(execId, { tty, signal }) {
      const json = { Detach: false, Tty: tty }
      const request: EngineRequest = { method: 'POST', path: at(execId, 'start'), json, signal }
      const { openSession } = await import('./hijacked-session.ts')
      const { socket, headers } = await transport.upgrade(request)
      return openSession(socket, isRaw(headers['content-type']) ?? tty, request)
    },
    async startFailure(execId, session, { signal } = {}) {
      const openedAt = performance.now()
      const ended = session.closed.then(
        () => {},
        () => {},
      )
      for (let pause = 5; ; pause = Math.min(pause * 2, longestPauseInMs)) {
        await Promise.race([ended, sleep(pause)])
        signal?.throwIfAborted()
        const exec = await inspect(execId, { signal })
        if (exec === null) return null
        if (neverStarted(exec)) {
          await ended
          return String(session.stdout.read() ?? '').trim()
        }
        if (hasStarted(exec) || performance.now() - openedAt > surelyStartedAfterMs) return null
      }
    },
    async startDetached(execId, { signal } = {}) {
      await transport.status({ method: 'POST', path: at(execId, 'start'), json: { Detach: true }, signal })
    },
    inspect,
    async exitCode(execId, { signal } = {}) {
      for (let pause = 1; ; pause = Math.min(pause * 2, longestPauseInMs)) {
        const exec = await inspect(execId, { signal })
        if (exec === null) {
          const details = { method: 'GET', path: at(execId, 'json'), status: 404, sent: true }
          throw new EngineError(`the engine has forgotten exec ${execId}: its container is gone`, details)
        }
        if (!exec.Running && exec.ExitCode !== null) return exec.ExitCode
        await sleep(pause, undefined, signal && { signal }).catch((error: unknown) => {
          throw signal?.aborted ? signal.reason : error
        })
      }
    },
    async resize(execId, { rows, columns }, { signal } = {}) {
      const query = { h: rows, w: columns }
      await transport.status({ method: 'POST', path: at(execId, 'resize'), query, idempotent: true, signal })
    },
  }
}

function hasStarted({ Pid, Running, ExitCode }: ExecInspect): boolean {
  return Pid > 0 || (!Running && ExitCode !== null && ExitCode !== 126 && ExitCode !== 127)
}

function neverStarted({ Pid, Running, ExitCode }: ExecInspect): boolean {
  return Pid === 0 && !Running && (ExitCode === 126 || ExitCode === 127)
}
