import { type EngineEvent, parseEvent } from './engine-event.ts'
import {
  type CallOptions,
  type EngineFilters,
  type EngineRequest,
  filtersParameter,
} from './engine-request.ts'
import { type EngineStream, streamResponse } from './engine-stream.ts'
import type { EngineTransport } from './engine-transport.ts'
import { JsonLines } from './json-lines.ts'

/** Fields of `/version`. */
export interface EngineVersion {
  readonly Version: string
  readonly ApiVersion: string
  readonly MinAPIVersion?: string
  /** As Go names it: `linux`, `windows`. */
  readonly Os: string
  /** As Go names it: `amd64`, `arm64`. */
  readonly Arch: string
  readonly KernelVersion?: string
  /** Which programs answer: `Engine` or `Podman Engine` among them. */
  readonly Components?: readonly { readonly Name: string; readonly Version: string }[]
}

/** Fields of `/info`. */
export interface EngineInfo {
  /** Identifies the engine; may be empty. */
  readonly ID: string
  readonly Name: string
  readonly ServerVersion: string
  readonly OperatingSystem: string
  readonly OSType: string
  /** As the kernel names it: `x86_64`, `aarch64`. */
  readonly Architecture: string
  readonly NCPU: number
  /** Bytes. */
  readonly MemTotal: number
  readonly CgroupVersion?: string
  readonly CgroupDriver?: string
  readonly DefaultRuntime?: string
  readonly Runtimes?: Readonly<Record<string, unknown>>
  /** Such as `name=rootless`, `name=seccomp,profile=default`. */
  readonly SecurityOptions?: readonly string[]
}

/** Which events to send. */
export interface EventsOptions extends CallOptions {
  /** Events from this time on, first those already past: Unix seconds, with up to nine decimals as a string. */
  readonly since?: string | number | undefined
  /** The stream ends with this time. */
  readonly until?: string | number | undefined
  /** Such as `{ type: ['container'], label: ['berth-run=…'] }`. */
  readonly filters?: EngineFilters | undefined
  /** Asked of each event as it comes: whether the stream gives it. One that it does not give wakes nobody. Default: all are given. */
  readonly select?: ((event: EngineEvent) => boolean) | undefined
}

/** Calls about the engine itself. */
export interface SystemCalls {
  /** Whether the engine answers; its shortest call. */
  ping(options?: CallOptions): Promise<void>
  version(options?: CallOptions): Promise<EngineVersion>
  info(options?: CallOptions): Promise<EngineInfo>
  /**
   * Subscribes to events; does not wait for the API version. Resolves when the engine has answered, which it does a
   * moment *before* it subscribes: give `since` where no event may be missed.
   */
  events(options?: EventsOptions): Promise<EngineStream<EngineEvent>>
}

/** Binds the calls to a transport. */
export function systemCalls(transport: EngineTransport): SystemCalls {
  return {
    async ping({ signal } = {}) {
      await transport.status({ method: 'GET', path: '/_ping', unversioned: true, signal })
    },
    version: ({ signal } = {}) =>
      transport.json({ method: 'GET', path: '/version', unversioned: true, signal }),
    info: ({ signal } = {}) => transport.json({ method: 'GET', path: '/info', signal }),
    async events({ since, until, filters, select, signal } = {}) {
      const request: EngineRequest = {
        method: 'GET',
        path: '/events',
        query: { since, until, filters: filtersParameter(filters) },
        unversioned: true,
        signal,
      }
      const read = (line: string) => {
        const event = parseEvent(line)
        return select === undefined || select(event) ? event : undefined
      }
      return streamResponse(await transport.send(request), request, (body) => new JsonLines(body, read))
    },
  }
}
