/** What the API server says of a call that it refuses, and of the end of a command. */
export interface Status {
  readonly status?: 'Success' | 'Failure' | undefined
  readonly message?: string | undefined
  readonly reason?: string | undefined
  readonly code?: number | undefined
  readonly details?:
    | {
        readonly retryAfterSeconds?: number | undefined
        readonly causes?:
          | readonly {
              readonly reason?: string | undefined
              readonly message?: string | undefined
              readonly field?: string | undefined
            }[]
          | undefined
      }
    | undefined
}
