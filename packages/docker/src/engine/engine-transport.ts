import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { chooseApiVersion } from './api-version.ts'
import { type EngineConnection, openEngineConnection } from './engine-connection.ts'
import type { EngineEndpoint } from './engine-endpoint.ts'
import { EngineError } from './engine-error.ts'
import { type EngineRequest, queryString } from './engine-request.ts'
import { ExchangeFailure, exchange, type IncomingAnswer, type OutgoingExchange } from './http-exchange.ts'
import { drain, readJson, readText } from './read-response.ts'
import { shareAttempt } from './share-attempt.ts'
import { connectionMessage, refusalMessage } from './transport-messages.ts'

/** When an answer came; enough to bound the engine's clock against ours. */
export interface EngineAnswer {
  readonly method: string
  /** Path without version prefix and query. */
  readonly path: string
  readonly status: number
  /** performance.now() just before the request's headers were written. */
  readonly sentAt: number
  /** performance.now() when the response's headers had been read. */
  readonly receivedAt: number
  /** The Date header: the engine's clock, truncated to a second. */
  readonly date?: string
  /** The Age header: set by caches, whose Date says nothing. */
  readonly age?: string
}

/** What a transport is made of. */
export interface TransportOptions {
  /** Called once, on the first call. */
  readonly findEndpoint: () => Promise<EngineEndpoint>
  /** Skips the negotiation: `1.41`. */
  readonly apiVersion?: string | undefined
  /** Called as each answer's headers arrive, before the call resolves; must not throw. */
  readonly onAnswer?: ((answer: EngineAnswer) => void) | undefined
}

/** Sends requests to one engine. */
export interface EngineTransport {
  /** Where the engine is. */
  endpoint(): Promise<EngineEndpoint>
  /** The API version in use; null where the engine does not tell one. */
  apiVersion(signal?: AbortSignal): Promise<string | null>
  /** Resolves with headers here and the body unread: the caller must read or destroy it. */
  send(request: EngineRequest): Promise<IncomingMessage>
  /** Reads and drops the body; resolves with the status. */
  status(request: EngineRequest): Promise<number>
  /** Reads the body as JSON. */
  json<Result>(request: EngineRequest): Promise<Result>
  /** The same of something that may not exist: null where the engine answers 404. */
  jsonOrNull<Result>(request: EngineRequest): Promise<Result | null>
  /** Upgrades the connection to a raw one: attach and exec. */
  upgrade(request: EngineRequest): Promise<UpgradedAnswer>
  close(): void
}

/** A raw connection, with the headers that came with it. */
export interface UpgradedAnswer {
  readonly socket: Duplex
  readonly headers: IncomingMessage['headers']
}

const NOT_FOUND = [404]

/** Binds the HTTP client to one engine. No I/O until the first call. */
export function createTransport(options: TransportOptions): EngineTransport {
  // once known they are not awaited again: of a burst's calls every turn counts
  let opened: EngineConnection | undefined
  let version: string | null | undefined = options.apiVersion || undefined
  const connect = shareAttempt(async () => {
    opened = await openEngineConnection(await options.findEndpoint())
    return opened
  })
  const negotiate = shareAttempt(async () => {
    // any answer will do: a proxy that forbids /_ping still lets the calls through
    const ping: EngineRequest = { method: 'GET', path: '/_ping', unversioned: true }
    const { response } = await perform(ping, 'any')
    await drain(response, ping)
    const offered = response.headers['api-version']
    version = chooseApiVersion(typeof offered === 'string' ? offered : null)
    return version
  })

  /** Sends a request; unless told otherwise, an answer that is no success is thrown. */
  async function perform(
    request: EngineRequest,
    expected: 'success' | 'upgrade' | 'any' = 'success',
  ): Promise<IncomingAnswer> {
    const { signal } = request
    signal?.throwIfAborted()
    const spoken = request.unversioned ? null : version === undefined ? await negotiate(signal) : version
    const connection = opened ?? (await connect(signal))
    const outgoing = prepare(request, spoken === null ? '' : `/v${spoken}`, expected === 'upgrade')
    let answer: IncomingAnswer
    try {
      answer = await exchange(connection, outgoing)
    } catch (error) {
      // the engine closed a kept connection just as it was used: it has seen nothing
      const again = isStaleConnection(error) && (request.idempotent ?? isRead(request.method))
      if (!again) throw asEngineError(error, connection, request)
      answer = await exchange(connection, outgoing, true).catch((fresh: unknown) => {
        throw asEngineError(fresh, connection, request)
      })
    }
    tell(request, answer)
    if (expected !== 'success') return answer
    answer.upgraded?.destroy()
    const status = answer.response.statusCode ?? 0
    if ((status >= 200 && status < 300) || request.accept?.includes(status)) return answer
    throw await refusal(request, answer.response)
  }

  function tell({ method, path }: EngineRequest, { response, sentAt, receivedAt }: IncomingAnswer): void {
    options.onAnswer?.({
      method,
      path,
      status: response.statusCode ?? 0,
      sentAt,
      receivedAt,
      ...(response.headers.date !== undefined && { date: response.headers.date }),
      ...(response.headers.age !== undefined && { age: response.headers.age }),
    })
  }

  return {
    endpoint: async () => (opened ?? (await connect())).endpoint,
    apiVersion: async (signal) => (version === undefined ? await negotiate(signal) : version),
    send: async (request) => (await perform(request)).response,
    async status(request) {
      const { response } = await perform(request)
      await drain(response, request)
      return response.statusCode ?? 0
    },
    async json<Result>(request: EngineRequest) {
      const { response } = await perform(request)
      return await readJson<Result>(response, request)
    },
    async jsonOrNull<Result>(request: EngineRequest) {
      const { response } = await perform({ ...request, accept: NOT_FOUND })
      if (response.statusCode !== 404) return await readJson<Result>(response, request)
      await drain(response, request)
      return null
    },
    async upgrade(request) {
      const { response, upgraded } = await perform(request, 'upgrade')
      if (upgraded) return { socket: upgraded, headers: response.headers }
      throw await refusal(request, response)
    },
    close: () => opened?.close(),
  }
}

function prepare(request: EngineRequest, prefix: string, upgrade: boolean): OutgoingExchange {
  const headers: string[] = []
  for (const [name, value] of Object.entries(request.headers ?? {})) headers.push(name, value)
  let body: OutgoingExchange['body'] = request.body
  if (request.json !== undefined) {
    body = JSON.stringify(request.json)
    headers.push('content-type', 'application/json', 'content-length', String(Buffer.byteLength(body)))
  } else if (body instanceof Uint8Array) {
    headers.push('content-type', 'application/x-tar', 'content-length', String(body.length))
  } else if (body !== undefined) {
    headers.push('content-type', 'application/x-tar', 'expect', '100-continue')
  } else if (!isRead(request.method)) headers.push('content-length', '0')
  if (upgrade) headers.push('connection', 'Upgrade', 'upgrade', 'tcp')
  const path = prefix + request.path + queryString(request.query)
  return { method: request.method, path, headers, body, upgrade, signal: request.signal }
}

async function refusal(request: EngineRequest, response: IncomingMessage): Promise<EngineError> {
  const { method, path } = request
  const status = response.statusCode ?? 0
  const message = refusalMessage(method, path, status, await readText(response, request))
  return new EngineError(message, { method, path, status, sent: true })
}

function asEngineError(
  error: unknown,
  { endpoint }: EngineConnection,
  { method, path }: EngineRequest,
): unknown {
  if (!(error instanceof ExchangeFailure)) return error
  const { code, sent, cause } = error
  return new EngineError(connectionMessage(endpoint, method, path, error), {
    method,
    path,
    code,
    sent,
    cause,
  })
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function isStaleConnection(error: unknown): boolean {
  return (
    error instanceof ExchangeFailure &&
    error.reused &&
    (error.code === 'ECONNRESET' || error.code === 'EPIPE')
  )
}
