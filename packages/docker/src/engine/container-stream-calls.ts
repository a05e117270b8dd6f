import type { CallOptions, EngineRequest } from './engine-request.ts'
import { type EngineStream, streamResponse } from './engine-stream.ts'
import type { EngineTransport } from './engine-transport.ts'
import type { HijackedSession } from './hijacked-session.ts'
import { type LogEntry, readLogEntries } from './log-entry.ts'

/** Which logs to send. */
export interface LogsOptions extends CallOptions {
  /** Whether the container has a terminal; engines since API 1.42 tell by themselves. Default false. */
  readonly tty?: boolean | undefined
  /** Default true. */
  readonly stdout?: boolean | undefined
  /** Default true. */
  readonly stderr?: boolean | undefined
  /** Go on until the container ends. Default false. */
  readonly follow?: boolean | undefined
  /** Unix seconds, with up to nine decimals as a string. */
  readonly since?: string | number | undefined
  readonly until?: string | number | undefined
  /** How many entries from the end. Default: all. */
  readonly tail?: number | undefined
  /** Give each entry its time. Default false. */
  readonly timestamps?: boolean | undefined
}

/** How to attach. */
export interface AttachOptions extends CallOptions {
  /** Whether the container has a terminal. */
  readonly tty: boolean
  /** Default false. */
  readonly stdin?: boolean | undefined
  /** Default true. */
  readonly stdout?: boolean | undefined
  /** Default true. */
  readonly stderr?: boolean | undefined
  /** First send what it has written so far. Default false. */
  readonly logs?: boolean | undefined
}

/** Calls that stream a container's output. */
export interface ContainerStreamCalls {
  /** @throws EngineError 404, also while iterating when the connection breaks */
  logs(id: string, options?: LogsOptions): Promise<EngineStream<LogEntry>>
  /** Resolves when attached: output from then on is not missed. Attach before start to have all of it. */
  attach(id: string, options: AttachOptions): Promise<HijackedSession>
}

/** Binds the calls to a transport. */
export function containerStreamCalls(transport: EngineTransport): ContainerStreamCalls {
  const at = (id: string, verb: string) => `/containers/${encodeURIComponent(id)}${verb}`
  return {
    async logs(id, options = {}) {
      const {
        tty = false,
        stdout = true,
        stderr = true,
        follow,
        since,
        until,
        tail,
        timestamps = false,
      } = options
      const request: EngineRequest = {
        method: 'GET',
        path: at(id, '/logs'),
        query: { stdout, stderr, follow, since, until, tail, timestamps },
        signal: options.signal,
      }
      const response = await transport.send(request)
      const raw = isRaw(response.headers['content-type']) ?? tty
      return streamResponse(response, request, (body) => readLogEntries(body, { raw, timestamps }))
    },
    async attach(id, { tty, stdin = false, stdout = true, stderr = true, logs, signal }) {
      const request: EngineRequest = {
        method: 'POST',
        path: at(id, '/attach'),
        query: { stream: true, stdin, stdout, stderr, logs },
        signal,
      }
      const { openSession } = await import('./hijacked-session.ts')
      const { socket, headers } = await transport.upgrade(request)
      return openSession(socket, isRaw(headers['content-type']) ?? tty, request)
    },
  }
}

/**
 * Whether a stream is a terminal's bytes or multiplexed, by its content type; undefined where that does not tell
 * (before API 1.42 both are called raw).
 */
export function isRaw(contentType: string | undefined): boolean | undefined {
  return contentType === 'application/vnd.docker.multiplexed-stream' ? false : undefined
}
