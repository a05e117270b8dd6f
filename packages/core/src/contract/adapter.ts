import type { Duplex, Readable } from 'node:stream'
import type { Architecture, Capabilities, Exposure } from './capabilities.ts'
import type { CheckItem } from './check-report.ts'
import type { RateTable } from './cost.ts'
import type { ClockDeclaration, DateSample, Evidence } from './evidence.ts'
import type { GroupPlan, OwnershipTags, PlannedContainer } from './group-plan.ts'
import type { LogLine, LogQuery } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Observation } from './observation.ts'
import type { Progress } from './progress.ts'
import type { Session } from './session.ts'
import type { SetupItem } from './setup-report.ts'

/** What every call gets. Adapters pass `signal` to all their I/O and rethrow its reason unchanged. */
export interface CallContext {
  readonly signal: AbortSignal
  /** Reports one HTTP answer's `Date`, once per attempt on the wire. */
  date(sample: DateSample): void
  /**
   * Reports that an emulator answered in the real service's place, in its own words (the header `berth-emulator` of its answers): whatever
   * figure is then shown says so.
   */
  emulated(words: string): void
  /**
   * Waits for the next token of the named limit of `pacing.limits`, first come, first served. To be called before each request on the
   * wire that counts against it, so that the cloud need not refuse one. Throws the signal's reason; RangeError for a name that was not declared.
   */
  pace(limit: string): Promise<void>
}

/** What a creating call gets besides. */
export interface CreateContext extends CallContext {
  /** Evidence that is there before `create` returns: a pull that begins, a container made. */
  evidence(evidence: Evidence): void
  /**
   * Whether the group may be there already: the caller chose the token, or an earlier try's answer was lost. Else the token is new in the
   * world, and a cloud whose creating call changes what it finds need not be asked first.
   */
  readonly mayExist: boolean
  /**
   * Tells that something of the run is there from now on. Where `create` then fails and the cloud cannot be asked any more, the error names the run
   * as perhaps left; without this, a cloud out of reach is taken to have made nothing. A create of one call need not tell.
   */
  made(): void
  /**
   * The tags of ownership as they should be in a creating request sent now: their expiry counts from this moment, not from before a
   * pull that took minutes.
   */
  tags(): OwnershipTags
  /** For people who wait: how far a pull is. */
  progress(progress: Progress): void
}

/** What a creating call made. */
export interface Created {
  /** The cloud's own reference, by which all other verbs name the run. It holds no `/` at its start and is stable for the run's life. */
  readonly ref: string
  /** The first state, where the call already tells it: saves a poll. */
  readonly observation?: Observation | undefined
  /** Whether it was there already, made by an earlier call with the same token: then this one neither owns nor times it. Default false. */
  readonly existed?: boolean | undefined
  /** What the cloud took otherwise than asked (rounded up, mutated), for people. */
  readonly notes?: readonly string[] | undefined
}

/** The part of a plan on which its price depends. */
export interface PricedPlan {
  readonly containers: readonly Pick<PlannedContainer, 'cpu' | 'memoryInBytes' | 'ports'>[]
  readonly spot: boolean
  readonly architecture: Architecture | undefined
  readonly expose: Exposure | undefined
  readonly region: string | undefined
}

/** One of our runs as the cloud lists it. */
export interface Found {
  readonly ref: string
  readonly tags: OwnershipTags
  readonly labels: Readonly<Record<string, string>>
  /** When the cloud made it. */
  readonly createdAt: Date
  /** The main container's image, for people. */
  readonly image: string | undefined
  /** The main container's tcp ports, so that another process can probe and show them. */
  readonly tcpPorts: readonly number[]
  /** What its price depends on, as far as the cloud tells. */
  readonly priced: PricedPlan
  readonly observation: Observation
  /** Whether it is a whole run, which runs or will: false for the parts of a start that was broken off. */
  readonly complete: boolean
  /** What of the run there still is, for people: `container web-1a2b`, `volume …`. */
  readonly parts: readonly string[]
}

/** What `find` looks for: everything that carries our tags, or only one token or name. */
export interface FindQuery {
  readonly ref?: string | undefined
  readonly tokenHash?: string | undefined
  readonly name?: string | undefined
}

/** A lease to renew. */
export interface Renewal {
  readonly ref: string
  /** The new end, which replaces `berth-expires`; null: never. */
  readonly expiresAt: Date | null
  /** The new owner and lifetime, where they change hands. */
  readonly owner?: string | undefined
  readonly lifetime?: string | undefined
}

/** What became of one renewal. One that failed does not stop the others. */
export type Renewed =
  | { readonly ref: string; readonly outcome: 'renewed' | 'gone' }
  | { readonly ref: string; readonly outcome: 'failed'; readonly error: unknown }

/**
 * What a watch tells. Its first message, and the first after any gap, is either `resync` (a whole new picture: what is not in it is
 * gone) or `connected` (nothing is missed from the moment at which `watch` was called; core asks `poll` for what was before).
 */
export type WatchMessage =
  | { readonly kind: 'observation'; readonly observation: Observation }
  | { readonly kind: 'connected' }
  | { readonly kind: 'resync'; readonly observations: readonly Observation[] }

/** A token bucket: so many calls at once, and so many more a second. */
export interface BucketLimit {
  readonly burst: number
  readonly refillPerSecond: number
}

/** A count: no more than so many calls in any stretch of that length. */
export interface WindowLimit {
  readonly most: number
  readonly withinInMs: number
}

/** A rate limit as the cloud documents it. */
export type RateLimit = BucketLimit | WindowLimit

export interface ExecOptions {
  readonly container: string | undefined
  readonly tty: boolean
  readonly stdin: boolean
  readonly env: Readonly<Record<string, string>>
  readonly workingDirectory: string | undefined
  readonly user: string | undefined
}

export interface AttachOptions {
  readonly container: string | undefined
  readonly stdin: boolean
}

/** How core paces what it asks of a cloud. */
export interface Pacing {
  /** How many refs one `poll` may name. Default 1; Infinity for a cloud whose list shows all of them. */
  readonly batchSize?: number | undefined
  /** Mean pause between two polls of a run while it starts; jittered by ±40 %. Default 1,000 ms. */
  readonly startIntervalInMs?: number | undefined
  /** The same once it runs. Default 10,000 ms. */
  readonly steadyIntervalInMs?: number | undefined
  /**
   * What the cloud allows, by a name of the adapter's choice: clouds count their own operations, which several verbs may share. One that
   * is counted twice, by the minute and by the hour say, has two limits. `CallContext.pace` takes from them. Default: no limits.
   */
  readonly limits?: Readonly<Record<string, RateLimit | readonly RateLimit[]>> | undefined
  /** How many creating calls may be under way at once. Default 50. */
  readonly concurrentCreates?: number | undefined
}

export type AdapterVerb =
  | 'check'
  | 'setup'
  | 'teardown'
  | 'tidy'
  | 'create'
  | 'poll'
  | 'watch'
  | 'find'
  | 'renew'
  | 'stop'
  | 'remove'
  | 'logs'
  | 'exec'
  | 'attach'
  | 'portForward'
  | 'copyIn'
  | 'copyOut'
  | 'restart'
  | 'metrics'

/** How leases are kept on this cloud. */
export interface LeaseTerms {
  /** How long a lease lasts; the owner renews at a third of it. Minutes where a renewal is cheap. */
  readonly lengthInMs: number
  /** How long after a lost creating call something may still appear. A sweep waits this long before it trusts an absence. */
  readonly settleInMs: number
  /** How long a removal can take until the cloud confirms it, at the most. Default 30 s. */
  readonly removeInMs?: number | undefined
}

/**
 * What the author of a cloud writes: a few verbs against that cloud's own SDK, for one account and place. Everything else
 * (validation, retries, rate limits, pacing, readiness, timeline, lifetime, sweep, cost, redaction, cancellation) is core's.
 *
 * Every verb throws `BerthError` (see `BerthErrorCode`) or the signal's reason, nothing else. Construction does no I/O.
 * Two ways to learn states, either is enough: `poll` and `watch`.
 */
export interface Adapter {
  /** What the stamping machines of this cloud promise. Keys are the `machine` of stamps and date samples. */
  readonly clocks: Readonly<Record<string, ClockDeclaration>>
  readonly lease: LeaseTerms
  readonly pacing?: Pacing | undefined

  /** What is configured, reachable and permitted, each with its mend. Never throws for what it finds wrong. */
  check(context: CallContext): Promise<readonly CheckItem[]>

  /**
   * Makes what all runs of this account and place need and what is missing: networks, roles, log groups. Each is tagged as ours. Idempotent;
   * what is there already, whoever made it, is used and left as it is. Absent where nothing is needed.
   */
  setup?(context: CallContext): Promise<readonly SetupItem[]>

  /** Removes what `setup` made, known by its tags, and nothing else; what is still in use is kept, and said so. Idempotent. */
  teardown?(options: { readonly dryRun: boolean }, context: CallContext): Promise<readonly SetupItem[]>

  /** Refuses a plan that this cloud cannot take, before any call: shapes, limits, reserved names. Throws `invalid-spec` or `unsupported`. */
  validate?(plan: GroupPlan): void

  /**
   * Makes the group, and starts it where the cloud does not by itself. Idempotent by the plan's name and token: what is there already with the
   * same `berth-spec` is returned, with another it is a `conflict`. Where the answer was lost it throws with `outcomeUnknown`;
   * core then looks through `find`. An abort must not cut a request that makes something: wait for its answer (or throw
   * `outcomeUnknown`), then rethrow the signal's reason; core removes what was made.
   */
  create(plan: GroupPlan, context: CreateContext): Promise<Created>

  /** The newest state of many runs; one that is gone answers with phase `gone`, one in error with its `failure`. */
  poll?(refs: readonly string[], context: CallContext): Promise<readonly Observation[]>

  /** States as they change, of all our runs. Reconnects are core's: the stream ends or throws when it is cut. */
  watch?(context: CallContext): AsyncIterable<WatchMessage>

  /** Every run with our ownership tags, parts of broken starts included, from the cloud itself. */
  find(query: FindQuery, context: CallContext): AsyncIterable<Found>

  /** Moves the end of many leases. Absent where the cloud's tags cannot change: then runs live by `maxLifetime` or `keep`. */
  renew?(renewals: readonly Renewal[], context: CallContext): Promise<readonly Renewed[]>

  /** Asks the processes to end, kills them after the grace, and resolves when they have ended. Idempotent; an absent run is no error. */
  stop(ref: string, options: { readonly graceInMs: number }, context: CallContext): Promise<void>

  /** Removes the run and all that was made for it; resolves when the cloud confirms it gone. Idempotent; an absent run is no error. */
  remove(ref: string, context: CallContext): Promise<void>

  /**
   * Removes what runs share and none has used for long: definitions, templates. Part of every sweep, after the runs. Gives what went, or would
   * go, for people: `task definition berth-…:1`. Absent where runs share nothing.
   */
  tidy?(options: { readonly dryRun: boolean }, context: CallContext): Promise<readonly string[]>

  /** What a run costs by the hour, from a table of list prices with source and date; all zero where nobody bills. */
  rates(plan: PricedPlan): RateTable

  /** Needs the capability of its name, as all below. Honours every field of the query, `follow` until the container has ended for good. */
  logs?(ref: string, query: LogQuery, context: CallContext): AsyncIterable<LogLine>
  exec?(ref: string, command: readonly string[], options: ExecOptions, context: CallContext): Promise<Session>
  attach?(ref: string, options: AttachOptions, context: CallContext): Promise<Session>
  /** A byte stream to a port inside the run's network; core listens and pipes. */
  portForward?(ref: string, port: number, context: CallContext): Promise<Duplex>
  /** Unpacks a tar stream below an absolute directory of the container. */
  copyIn?(
    ref: string,
    path: string,
    tar: Readable,
    options: { readonly container: string | undefined },
    context: CallContext,
  ): Promise<void>
  /** A tar stream of a file or directory. */
  copyOut?(
    ref: string,
    path: string,
    options: { readonly container: string | undefined },
    context: CallContext,
  ): Promise<Readable>
  restart?(ref: string, options: { readonly graceInMs: number }, context: CallContext): Promise<void>
  metrics?(ref: string, context: CallContext): Promise<Metrics>

  /** Lets go of connections and watches. Runs are not touched. */
  close(): Promise<void>
}

/** The adapter's part of `defineProvider`. */
export interface AdapterDefinition<C extends Capabilities, Options> {
  readonly capabilities: C
  /** Binds the adapter to an account and a place. No I/O. Throws TypeError/RangeError for options that cannot be. */
  connect(options: Options): Adapter
}
