/** One request that arrived. No header, no query value and no body is kept, so that no secret is. */
export interface LoggedRequest {
  /** Milliseconds since the epoch, on this machine's clock, when it had been read. */
  readonly at: number
  /** `arm`, … */
  readonly endpoint: string
  readonly method: string
  /** Without the query, save its `api-version`. */
  readonly path: string
  /** `aci`; absent where nobody knew the request. */
  readonly service?: string | undefined
  /** `ContainerGroups_Get`; absent where nobody knew the request. */
  readonly operation?: string | undefined
  /** Absent where no answer was sent. */
  readonly status?: number | undefined
  /** The kinds of the faults that struck it. */
  readonly faults: readonly string[]
  readonly durationInMs: number
}

/** Keeps the last requests; the oldest go first. */
export class RequestLog {
  readonly #kept: number
  #requests: LoggedRequest[] = []

  constructor(kept = 10_000) {
    this.#kept = kept
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request)
    if (this.#requests.length > this.#kept * 1.1) this.#requests = this.#requests.slice(-this.#kept)
  }

  all(): readonly LoggedRequest[] {
    return [...this.#requests]
  }
}
