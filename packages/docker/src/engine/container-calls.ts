import { type ContainerArchiveCalls, containerArchiveCalls } from './container-archive-calls.ts'
import type { ContainerCreateBody, EndpointBody, ResourcesBody } from './container-create-body.ts'
import type { ContainerInspect, ContainerStats, ContainerSummary } from './container-fields.ts'
import { type ContainerStreamCalls, containerStreamCalls } from './container-stream-calls.ts'
import { EngineError } from './engine-error.ts'
import {
  type CallOptions,
  type EngineFilters,
  type EngineRequest,
  filtersParameter,
} from './engine-request.ts'
import type { EngineTransport } from './engine-transport.ts'
import { readJson, readText } from './read-response.ts'
import { refusalMessage } from './transport-messages.ts'

/** How a container ended. */
export interface WaitResult {
  readonly exitCode: number
  /** What the engine could not do while waiting. */
  readonly error?: string
}

/** What to wait for. */
export interface WaitOptions extends CallOptions {
  /**
   * `not-running` (default): also now, and so for one that was never started; `next-exit`; `removed`.
   */
  readonly condition?: 'not-running' | 'next-exit' | 'removed' | undefined
  /** Called when the engine has begun to wait: a start after it cannot be missed by `next-exit`. */
  readonly onWaiting?: (() => void) | undefined
}

/** Calls about containers; `id` may be a name as well. */
export interface ContainerCalls extends ContainerStreamCalls, ContainerArchiveCalls {
  /**
   * @param options.name must be free: 409 otherwise
   * @param options.platform `linux/arm64`; needs API 1.41
   * @throws EngineError 404 when the image is not there: it is not pulled
   */
  create(
    body: ContainerCreateBody,
    options?: CallOptions & { readonly name?: string | undefined; readonly platform?: string | undefined },
  ): Promise<{ readonly Id: string; readonly Warnings: readonly string[] | null }>
  /** Resolves when the program has been started: true, or false where it ran already. */
  start(id: string, options?: CallOptions): Promise<boolean>
  /** Null where there is no such container. */
  inspect(id: string, options?: CallOptions): Promise<ContainerInspect | null>
  /** Running ones only, unless `all`. */
  list(
    options?: CallOptions & {
      readonly all?: boolean | undefined
      readonly filters?: EngineFilters | undefined
    },
  ): Promise<readonly ContainerSummary[]>
  /**
   * Sends the stop signal, after the grace SIGKILL; resolves when it has ended: true, or false where it did not run.
   *
   * @param options.timeout the grace in whole seconds. Default: the container's own, else 10
   * @param options.stopSignal instead of the container's own; needs API 1.42
   */
  stop(
    id: string,
    options?: CallOptions & {
      readonly timeout?: number | undefined
      readonly stopSignal?: string | undefined
    },
  ): Promise<boolean>
  /** @param signalName default SIGKILL. @throws EngineError 409 where it does not run */
  kill(id: string, signalName?: string, options?: CallOptions): Promise<void>
  /** Stop and start. */
  restart(id: string, options?: CallOptions & { readonly timeout?: number | undefined }): Promise<void>
  wait(id: string, options?: WaitOptions): Promise<WaitResult>
  /**
   * Resolves when it is gone: true, or false where it was absent. A removal that is under way already is waited for.
   *
   * @param options.force kill it first
   * @param options.volumes remove its anonymous volumes too
   */
  remove(
    id: string,
    options?: CallOptions & { readonly force?: boolean | undefined; readonly volumes?: boolean | undefined },
  ): Promise<boolean>
  rename(id: string, name: string, options?: CallOptions): Promise<void>
  /** Changes resources and restart policy of a container, running or not. */
  update(id: string, body: ResourcesBody, options?: CallOptions): Promise<void>
  /** Rows and columns of the terminal. */
  resize(
    id: string,
    size: { readonly rows: number; readonly columns: number },
    options?: CallOptions,
  ): Promise<void>
  /** One measurement, at once (before API 1.41: after a second). */
  stats(id: string, options?: CallOptions): Promise<ContainerStats>
  /** Puts the container into a further network. */
  connect(id: string, network: string, body?: EndpointBody, options?: CallOptions): Promise<void>
}

/** Binds the calls to a transport. */
export function containerCalls(transport: EngineTransport): ContainerCalls {
  const at = (id: string, verb: string) => `/containers/${encodeURIComponent(id)}${verb}`
  const post = (path: string, request: Omit<EngineRequest, 'method' | 'path'>) =>
    transport.status({ method: 'POST', path, ...request })
  const notModified = 304

  async function wait(id: string, { condition, onWaiting, signal }: WaitOptions = {}): Promise<WaitResult> {
    const request: EngineRequest = { method: 'POST', path: at(id, '/wait'), query: { condition }, signal }
    const response = await transport.send(request)
    onWaiting?.()
    type Ended = { StatusCode: number; Error?: { Message?: string } | null }
    const body = await readJson<Ended>(response, request)
    const error = body.Error?.Message
    return { exitCode: body.StatusCode, ...(error && { error }) }
  }

  async function waitUntilRemoved(id: string, signal: AbortSignal | undefined): Promise<void> {
    try {
      await wait(id, { condition: 'removed', signal })
    } catch (error) {
      if (!(EngineError.isInstance(error) && error.status === 404)) throw error
    }
  }

  return {
    ...containerStreamCalls(transport),
    ...containerArchiveCalls(transport),
    create: (body, { name, platform, signal } = {}) =>
      transport.json({
        method: 'POST',
        path: '/containers/create',
        query: { name, platform },
        json: body,
        signal,
      }),
    start: async (id, { signal } = {}) =>
      (await post(at(id, '/start'), { idempotent: true, accept: [notModified], signal })) !== notModified,
    inspect: (id, { signal } = {}) => transport.jsonOrNull({ method: 'GET', path: at(id, '/json'), signal }),
    list: ({ all, filters, signal } = {}) =>
      transport.json({
        method: 'GET',
        path: '/containers/json',
        query: { all, filters: filtersParameter(filters) },
        signal,
      }),
    async stop(id, { timeout, stopSignal, signal } = {}) {
      const query = { t: timeout, signal: stopSignal }
      return (
        (await post(at(id, '/stop'), { query, idempotent: true, accept: [notModified], signal })) !==
        notModified
      )
    },
    async kill(id, signalName, { signal } = {}) {
      await post(at(id, '/kill'), { query: { signal: signalName }, signal })
    },
    async restart(id, { timeout, signal } = {}) {
      await post(at(id, '/restart'), { query: { t: timeout }, signal })
    },
    wait,
    async remove(id, { force, volumes, signal } = {}) {
      const request: EngineRequest = {
        method: 'DELETE',
        path: at(id, ''),
        query: { force, v: volumes },
        idempotent: true,
        accept: [404, 409],
        signal,
      }
      const response = await transport.send(request)
      const { statusCode: status } = response
      const text = await readText(response, request)
      if (status !== 409) return status !== 404
      if (!/already in progress/.test(text)) {
        const { method, path } = request
        throw new EngineError(refusalMessage(method, path, status, text), {
          method,
          path,
          status,
          sent: true,
        })
      }
      await waitUntilRemoved(id, signal)
      return true
    },
    async rename(id, name, { signal } = {}) {
      await post(at(id, '/rename'), { query: { name }, signal })
    },
    async update(id, body, { signal } = {}) {
      await post(at(id, '/update'), { json: body, idempotent: true, signal })
    },
    async resize(id, { rows, columns }, { signal } = {}) {
      await post(at(id, '/resize'), { query: { h: rows, w: columns }, idempotent: true, signal })
    },
    stats: (id, { signal } = {}) =>
      transport.json({
        method: 'GET',
        path: at(id, '/stats'),
        query: { stream: false, 'one-shot': true },
        signal,
      }),
    async connect(id, network, body, { signal } = {}) {
      const path = `/networks/${encodeURIComponent(network)}/connect`
      await post(path, { json: { Container: id, EndpointConfig: body }, signal })
    },
  }
}
