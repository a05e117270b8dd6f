import type { Cost, ErrorEvidence, TimelineJson } from '@berth/core'

/** Why a start failed, as data: a BerthError without its class. Every text in it is redacted. */
export interface StartError {
  /** A `BerthErrorCode`, or `internal` for what is none. */
  readonly code: string
  /** What failed, on what, and what to do. */
  readonly message: string
  readonly retryable: boolean
  readonly operation?: string | undefined
  readonly requestId?: string | undefined
  readonly evidence: Pick<ErrorEvidence, 'probe' | 'exitCode' | 'signal' | 'left'> & {
    /** `Warning BackOff: …`, the last few, oldest first. */
    readonly events: readonly string[]
    /** The last few lines of the container's output, oldest first. */
    readonly logs: readonly string[]
  }
}

/** One start of one image on one provider, as `berth time` keeps it: what the table, the waterfall and the report show. */
export interface StartRecord {
  /** The configured provider's name. Unique in one invocation only together with the image. */
  readonly provider: string
  /** The adapter's name: `docker`, `process`, `aci`. */
  readonly adapter: string
  /** Whether an emulator answered in place of the real service. Always shown beside the provider's name. */
  readonly emulated: boolean
  /** What the emulator says of itself: `recorded profile (2018-19, n = 8), 10 times faster`. */
  readonly emulation?: string | undefined
  readonly image: string
  /** `provider/ref`; null where nothing was created. */
  readonly id: string | null
  readonly status: 'ready' | 'failed'
  /** Set where `status` is `failed`. */
  readonly error?: StartError | undefined
  /** What is known of a failed start as well; null where it failed before the request was sent. */
  readonly timeline: TimelineJson | null
  /** Null where nothing was created. */
  readonly cost: Cost | null
  /** ISO 8601, this machine's wall clock. */
  readonly requestedAt: string
  /** Region, zone or host, where there is one to name. */
  readonly place?: string | undefined
  /** Where it answered: `http://127.0.0.1:32768`. */
  readonly url?: string | undefined
  /** What counted as ready, in words: `http:/`, as `--ready` takes it. */
  readonly probe: string
  /** What a reader has to know: what the cloud took otherwise than asked, that the image was there before, … */
  readonly notes: readonly string[]
}

/** Where a report was measured from, and with what. */
export interface ReportClient {
  /** The version of @berth/cli. */
  readonly berth: string
  /** `v24.21.0` */
  readonly node: string
  /** `linux` */
  readonly platform: string
  /** `x64` */
  readonly architecture: string
  readonly cpus: number
}

/** What `berth time` writes as JSON, beside its HTML page and with `--json`. Field names are stable. */
export interface StartReport {
  readonly schema: 'berth-report/1'
  /** When the report was made, ISO 8601. */
  readonly createdAt: string
  readonly client: ReportClient
  readonly starts: readonly StartRecord[]
}
