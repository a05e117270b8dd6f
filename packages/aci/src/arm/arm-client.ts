import type { ContainerInstanceManagementClient } from '@azure/arm-containerinstance'
import type { createPipelineRequest, HttpMethods, PipelineResponse } from '@azure/core-rest-pipeline'
import { ArmError } from './arm-error.ts'
import type { CachedCredential } from './cached-credential.ts'
import { isCredentialError } from './is-credential-error.ts'
import { type FailedAnswer, pathOf, readArmError } from './read-arm-error.ts'

/** A front end that takes longer than this has lost the request. Another question costs nothing, another order may. */
const QUESTION_LIMIT_IN_MS = 20_000
const ORDER_LIMIT_IN_MS = 60_000

export interface ArmRequest {
  readonly method: HttpMethods
  /** A path below the endpoint, or an address that an answer has named. */
  readonly path: string
  /** Default: the client's own; of an address that an answer has named, the one in it. */
  readonly apiVersion?: string | undefined
  readonly body?: object | undefined
  readonly signal?: AbortSignal | undefined
}

export interface ArmAnswer {
  readonly status: number
  /** Undefined where the answer has no body. */
  readonly body: unknown
  readonly header: (name: string) => string | undefined
  readonly sentAt: number
  readonly receivedAt: number
}

interface ArmClientParts {
  readonly client: ContainerInstanceManagementClient
  readonly createRequest: typeof createPipelineRequest
  readonly credential: CachedCredential
  readonly scope: string
  readonly endpoint: string
  readonly apiVersion: string
}

/** The Azure Resource Manager as one account sees it. Every failure is an ArmError, the signal's reason, or the credential's own. */
export class ArmClient {
  readonly #parts: ArmClientParts

  constructor(parts: ArmClientParts) {
    this.#parts = parts
  }

  /** Gets a token, so that the first call need not wait for it. */
  async signIn(): Promise<void> {
    await this.#parts.credential.getToken(this.#parts.scope)
  }

  /** The host that tokens go to. */
  get endpoint(): string {
    return this.#parts.endpoint
  }

  /** One request through the SDK's pipeline, for what its typed operations would lose: fields they do not know, times as written. */
  async send({ method, path, apiVersion, body, signal }: ArmRequest): Promise<ArmAnswer> {
    const { client, createRequest } = this.#parts
    const request = createRequest({
      url: this.#addressOf(path, apiVersion),
      method,
      allowInsecureConnection: this.#parts.endpoint.startsWith('http:'),
      ...(body && { body: JSON.stringify(body) }),
    })
    request.headers.set('accept', 'application/json')
    if (body) request.headers.set('content-type', 'application/json; charset=utf-8')
    const sentAt = performance.now()
    const response = await this.#attempt(method, path, signal, (limit) => {
      request.abortSignal = limit
      return client.sendRequest(request)
    })
    const receivedAt = performance.now()
    const failed = answerOf(method, request.url, response)
    if (response.status >= 400) throw this.#refused(failed)
    return { status: response.status, body: parse(failed), header: failed.header, sentAt, receivedAt }
  }

  /** One of the SDK's typed operations. */
  async call<T>(
    method: HttpMethods,
    what: string,
    signal: AbortSignal | undefined,
    work: (client: ContainerInstanceManagementClient, limit: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return await this.#attempt(method, what, signal, (limit) => work(this.#parts.client, limit))
  }

  async #attempt<T>(
    method: HttpMethods,
    path: string,
    signal: AbortSignal | undefined,
    work: (limit: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted()
    const limitInMs = method === 'GET' ? QUESTION_LIMIT_IN_MS : ORDER_LIMIT_IN_MS
    const timeout = AbortSignal.timeout(limitInMs)
    try {
      return await work(signal ? AbortSignal.any([signal, timeout]) : timeout)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (timeout.aborted) {
        throw new ArmError({
          method,
          path,
          code: 'ETIMEDOUT',
          message: `no answer within ${limitInMs / 1_000} s`,
        })
      }
      throw this.#translate(error, method, path)
    }
  }

  #translate(error: unknown, method: string, path: string): unknown {
    if (!(error instanceof Error) || isCredentialError(error)) return error
    if (ArmError.isInstance(error)) return error
    const { response, code, message } = error as RestErrorLike
    if (response !== undefined) return this.#refused(answerOf(method, response.request.url, response))
    // Not with the SDK's error as its cause: that one holds the whole request, with its token and its secrets.
    return new ArmError({ method, path: pathOf(path), code, message })
  }

  #refused(answer: FailedAnswer): ArmError {
    if (answer.status === 401) this.#parts.credential.forget()
    return readArmError(answer)
  }

  #addressOf(path: string, apiVersion: string | undefined): string {
    const { endpoint } = this.#parts
    if (path.startsWith('/')) {
      const url = new URL(endpoint + path)
      url.searchParams.set('api-version', apiVersion ?? this.#parts.apiVersion)
      return url.href
    }
    // The token goes wherever an answer points, so that must be where it came from.
    if (!URL.canParse(path) || new URL(path).origin !== new URL(endpoint).origin) {
      throw new ArmError({
        method: 'GET',
        path: pathOf(path),
        message: `the service points to another host: ${path}`,
      })
    }
    return path
  }
}

/** The SDK's error for what was answered; one for what was not has only its code, as the connection's own has. */
interface RestErrorLike extends Error {
  readonly code?: string
  readonly response?: PipelineResponse
}

function answerOf(method: string, url: string, response: PipelineResponse): FailedAnswer {
  return {
    method,
    url,
    status: response.status,
    header: (name) => response.headers.get(name),
    text: response.bodyAsText ?? '',
  }
}

function parse({ text, method, url, status }: FailedAnswer): unknown {
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ArmError({ method, path: pathOf(url), status, message: 'the answer is no JSON', cause })
  }
}
