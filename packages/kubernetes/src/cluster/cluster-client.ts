import type { IncomingMessage, RequestOptions } from 'node:http'
import type { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import { NEVER_ABORTED } from '@berth/core'
import type { WebSocket } from 'ws'
import type { ClusterAccess, ClusterCredentials } from './cluster-access.ts'
import { ClusterError } from './cluster-error.ts'
import { dialWebSocket } from './dial-web-socket.ts'
import { failedAnswer } from './failed-answer.ts'
import { readText } from './read-text.ts'
import { addressOf } from './request-address.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface ClusterRequest {
  readonly method: Method
  /** Below the server: `/api/v1/namespaces/default/pods`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined
  readonly body?: object | undefined
  /** Default: JSON. A patch needs its own. */
  readonly contentType?: string | undefined
  /** Default: JSON. */
  readonly accept?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
}

/** One HTTP answer, for clocks and counters. */
export interface ClusterAnswer {
  readonly method: Method
  readonly path: string
  readonly status: number
  readonly sentAt: number
  readonly receivedAt: number
  readonly date: string | undefined
  readonly age: string | undefined
  /** What an emulator that answers in a cluster's place calls itself. */
  readonly emulator: string | undefined
}

/** A connection that speaks another protocol from its answer on. */
export interface Upgraded {
  readonly socket: Duplex
  /** What came with the answer already. */
  readonly head: Buffer
}

interface Sent {
  readonly response: IncomingMessage
  readonly upgraded?: Upgraded | undefined
}

/** An API server that has not answered by then has lost the request. */
const ANSWER_LIMIT_IN_MS = 30_000
/** Calls share so many connections; more only cost handshakes. Streams have each their own. */
const CONNECTIONS = 8

/** A cluster's API server, over connections that are used again. Every failure is a ClusterError or the signal's reason. */
export class ClusterClient {
  readonly #access: () => Promise<ClusterAccess>
  #agents: { readonly of: ClusterCredentials; readonly calls: Agent; readonly streams: Agent } | undefined

  constructor(access: () => Promise<ClusterAccess>) {
    this.#access = access
  }

  /** Where it is, once it is known. */
  async access(): Promise<ClusterAccess> {
    return await this.#access()
  }

  /** One call, whose answer is read whole. */
  async call<T>(request: ClusterRequest, onAnswer?: (answer: ClusterAnswer) => void): Promise<T> {
    const limit = AbortSignal.timeout(ANSWER_LIMIT_IN_MS)
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
    const { response } = await this.#send(request, 'calls', signal, onAnswer)
    try {
      const text = await readText(response)
      if ((response.statusCode ?? 0) >= 400) throw failedAnswer(request, response, text)
      return (text === '' ? undefined : JSON.parse(text)) as T
    } catch (error) {
      throw this.#explain(error, request, signal, true)
    }
  }

  /** An answer that goes on: its body is the caller's to read, and to destroy. */
  async stream(
    request: ClusterRequest,
    onAnswer?: (answer: ClusterAnswer) => void,
  ): Promise<IncomingMessage> {
    const { signal = NEVER_ABORTED } = request
    const { response } = await this.#send(request, 'streams', signal, onAnswer)
    if ((response.statusCode ?? 0) >= 400) {
      const text = await readText(response).catch(() => '')
      throw failedAnswer(request, response, text)
    }
    return response
  }

  /** Asks for another protocol. */
  async upgrade(request: ClusterRequest): Promise<Upgraded> {
    const limit = AbortSignal.timeout(ANSWER_LIMIT_IN_MS)
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
    const { response, upgraded } = await this.#send(request, 'streams', signal)
    if (upgraded) return upgraded
    throw failedAnswer(request, response, await readText(response).catch(() => ''))
  }

  /** A WebSocket that speaks a protocol. */
  async webSocket(request: ClusterRequest, protocol: string): Promise<WebSocket> {
    try {
      return await dialWebSocket(await this.#access(), request, protocol)
    } catch (error) {
      throw this.#explain(error, request, NEVER_ABORTED, false)
    }
  }

  /** Lets go of every connection. */
  close(): void {
    this.#agents?.calls.destroy()
    this.#agents?.streams.destroy()
    this.#agents = undefined
  }

  async #send(
    request: ClusterRequest,
    kind: 'calls' | 'streams',
    signal: AbortSignal,
    onAnswer?: (answer: ClusterAnswer) => void,
  ): Promise<Sent> {
    signal.throwIfAborted()
    const access = await this.#access()
    const credentials = await access.credentials()
    const url = addressOf(access.server, request)
    const { Agent: PlainAgent, request: plain } = await import('node:http')
    const https = await import('node:https')
    const isPlain = url.protocol === 'http:'
    const agents = this.#agentsFor(credentials, isPlain ? PlainAgent : https.Agent)
    const body = request.body && JSON.stringify(request.body)
    const options: RequestOptions = {
      method: request.method,
      agent: agents[kind],
      signal,
      headers: {
        accept: request.accept ?? 'application/json',
        'user-agent': 'berth',
        ...(body !== undefined && {
          'content-type': request.contentType ?? 'application/json',
          'content-length': Buffer.byteLength(body),
        }),
        ...credentials.headers,
        ...request.headers,
      },
    }
    let isSent = false
    try {
      return await new Promise<Sent>((resolve, reject) => {
        const outgoing = (isPlain ? plain : https.request)(url, options)
        let sentAt = performance.now()
        const connected = () => {
          sentAt = performance.now()
          isSent = true
        }
        outgoing.once('socket', (socket) => {
          if (socket.connecting) socket.once(isPlain ? 'connect' : 'secureConnect', connected)
          else connected()
        })
        outgoing.once('error', reject)
        const answered = (response: IncomingMessage) => {
          const receivedAt = performance.now()
          const { statusCode: status = 0, headers } = response
          onAnswer?.({
            method: request.method,
            path: request.path,
            status,
            sentAt,
            receivedAt,
            date: headers.date,
            age: headers.age,
            emulator: headers['berth-emulator']?.toString(),
          })
        }
        outgoing.once('response', (response) => {
          answered(response)
          resolve({ response })
        })
        outgoing.once('upgrade', (response, socket, head) => {
          answered(response)
          resolve({ response, upgraded: { socket, head } })
        })
        outgoing.end(body)
      })
    } catch (error) {
      throw this.#explain(error, request, signal, isSent)
    }
  }

  #explain(error: unknown, request: ClusterRequest, signal: AbortSignal, sent: boolean): unknown {
    if (request.signal?.aborted) return request.signal.reason
    if (ClusterError.isInstance(error)) return error
    const { method, path } = request
    if (signal.aborted) {
      const message = `no answer within ${ANSWER_LIMIT_IN_MS / 1_000} s`
      return new ClusterError({ method, path, reason: 'ETIMEDOUT', message, sent })
    }
    const { code, message } = error as NodeJS.ErrnoException
    return new ClusterError({ method, path, reason: code, message, sent })
  }

  /** Connections belong to the certificates with which they were opened, and are kept while these stay the same. */
  #agentsFor(credentials: ClusterCredentials, AgentClass: new (options: object) => unknown) {
    const { ca, cert, key, servername, rejectUnauthorized } = credentials
    if (this.#agents !== undefined && isSameKey(this.#agents.of, credentials)) return this.#agents
    const tls = {
      ca,
      cert,
      key,
      ...(servername !== undefined && { servername }),
      ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
      keepAlive: true,
      noDelay: true,
    }
    // What goes on over the old ones is not cut.
    const { agent } = credentials
    if (agent) this.#agents = { of: credentials, calls: agent, streams: agent }
    else
      this.#agents = {
        of: credentials,
        calls: new AgentClass({ ...tls, maxSockets: CONNECTIONS, scheduling: 'lifo' }) as Agent,
        streams: new AgentClass(tls) as Agent,
      }
    return this.#agents
  }
}

function isSameKey(one: ClusterCredentials, other: ClusterCredentials): boolean {
  if (one === other) return true
  const same = (a: string | Buffer | undefined, b: string | Buffer | undefined) =>
    a === b || (a !== undefined && b !== undefined && a.toString() === b.toString())
  return same(one.ca, other.ca) && same(one.cert, other.cert) && same(one.key, other.key)
}
