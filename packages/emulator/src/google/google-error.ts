/** What Google's APIs call what went wrong, with the number by gRPC and the status by HTTP. */
const STATUSES = {
  INVALID_ARGUMENT: [3, 400],
  NOT_FOUND: [5, 404],
  PERMISSION_DENIED: [7, 403],
  RESOURCE_EXHAUSTED: [8, 429],
  UNIMPLEMENTED: [12, 501],
  INTERNAL: [13, 500],
  UNAVAILABLE: [14, 503],
  UNAUTHENTICATED: [16, 401],
} as const

export type GoogleStatus = keyof typeof STATUSES

/** A refusal in the words of Google's APIs. */
export class GoogleError extends Error {
  override readonly name = 'GoogleError'
  readonly status: GoogleStatus
  readonly httpStatus: number

  constructor(status: GoogleStatus, message: string, httpStatus: number = STATUSES[status][1]) {
    super(message)
    this.status = status
    this.httpStatus = httpStatus
  }

  /** By gRPC's count. */
  get grpcStatus(): number {
    return STATUSES[this.status][0]
  }
}

/** The name that goes with an HTTP status. */
export function statusFor(httpStatus: number): GoogleStatus {
  for (const [name, [, status]] of Object.entries(STATUSES)) {
    if (status === httpStatus) return name as GoogleStatus
  }
  return httpStatus < 500 ? 'INVALID_ARGUMENT' : 'UNAVAILABLE'
}
