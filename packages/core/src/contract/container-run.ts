import type { Readable } from 'node:stream'
import type { Attempt } from '../errors/berth-error.ts'
import type { Address } from './address.ts'
import type { Capabilities } from './capabilities.ts'
import type { AnyCapabilities, Has } from './capability-types.ts'
import type { Cost } from './cost.ts'
import type { Duration } from './duration.ts'
import type { Lifetime } from './lifetime.ts'
import type { LogLine, LogQuery } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { CloudEvent, ContainerObservation, Termination } from './observation.ts'
import type { Probe } from './probe.ts'
import type { Progress } from './progress.ts'
import type { ExecResult, Session, Tunnel } from './session.ts'
import type { Timeline } from './timeline.ts'

/** What may go with every call that waits. */
export interface CallOptions {
  /** Ends our wait; its reason is thrown unchanged. */
  readonly signal?: AbortSignal | undefined
}

export interface WaitOptions extends CallOptions {
  /** Throws `timeout` after so long. Default: none for `exited`, 10 min for `ready` and `placed`. */
  readonly timeout?: Duration | undefined
}

/** Where a run stands, in one word. */
export type RunState = 'pending' | 'starting' | 'running' | 'ready' | 'stopped' | 'failed' | 'gone'

/** Something about a run has changed; read the run for the rest. */
export interface RunChange {
  readonly kind: 'state' | 'timeline' | 'event' | 'progress' | 'attempt'
  readonly state: RunState
  readonly event?: CloudEvent | undefined
  readonly progress?: Progress | undefined
}

/** What every run has, on every cloud. */
export interface BaseRun extends AsyncDisposable {
  /** `provider/ref`: the configured provider's name and the cloud's own reference. What `provider.get` and the command line take. */
  readonly id: string
  /** The configured provider's name. */
  readonly provider: string
  /** The cloud's own reference. */
  readonly ref: string
  /** The run's name on the cloud. */
  readonly name: string
  readonly image: string
  readonly state: RunState
  /** When `run()` was called, or, for a run that was found, when the cloud made it. */
  readonly createdAt: Date
  /** By name; the main one is `main`. */
  readonly containers: Readonly<Record<string, ContainerObservation>>
  /** Empty until the cloud tells. */
  readonly addresses: readonly Address[]
  /** `http://host:port` of the first tcp port; undefined until there is an address. */
  readonly url: string | undefined
  readonly events: readonly CloudEvent[]
  readonly labels: Readonly<Record<string, string>>
  readonly lifetime: Lifetime
  /** When it may be swept; null: never. Moves with every renewal. */
  readonly expiresAt: Date | null
  /** Where the time of the start went, as far as is known by now. */
  readonly timeline: Timeline
  /** The tries it took to place it, the good one last. */
  readonly attempts: readonly Attempt[]
  /** What the cloud took otherwise than asked. */
  readonly notes: readonly string[]
  /** Set where an emulator answers in the real service's place, in its own words: then no figure of this run is the service's. */
  readonly emulated: string | undefined

  /** The address of one container port. Throws `not-found` where the run has no such port or it is not known yet. */
  address(containerPort: number): Address
  /** What it has cost so far. */
  cost(): Cost

  /** Resolves when a place was found for it. Throws `capacity`, `quota`, … with evidence when there is none. */
  placed(options?: WaitOptions): Promise<void>
  /**
   * Resolves when the spec's probe (or the one given) has succeeded.
   * Throws with evidence (last events, logs, probe result) as soon as it cannot become ready any more, and `timeout` after the timeout.
   */
  ready(options?: WaitOptions & { readonly probe?: Probe | undefined }): Promise<void>
  /** Resolves when the main container has ended for good. A nonzero exit code is a result. */
  exited(options?: WaitOptions): Promise<Termination>
  /** Asks the processes to end, kills them after the grace. Idempotent. */
  stop(options?: CallOptions & { readonly grace?: Duration | undefined }): Promise<void>
  /** Removes all that was made for it; resolves when the cloud confirms it gone. Idempotent. */
  remove(options?: CallOptions): Promise<void>
  /** Asks the cloud for the newest state. Rarely needed: the handle keeps itself current while something waits on it. */
  refresh(options?: CallOptions): Promise<void>
  /** Moves the lease's end to now plus its length. Throws `unsupported` where leases cannot change. */
  renew(options?: CallOptions): Promise<void>
  /** Gives the run another lifetime: `'keep'` or a lease hands it over to whoever comes next, and this handle's disposal leaves it alone. */
  handOver(lifetime: Exclude<Lifetime, 'scope'>, options?: CallOptions): Promise<void>
  /** Every change from now on, until the run is gone or the loop ends. */
  changes(options?: CallOptions): AsyncIterable<RunChange>

  /** Whether its cloud has a run feature; narrows the run of an `AnyProvider`. */
  supports<F extends RunFeature>(feature: F): this is ProviderRunWith<F>
  /** Removes a `'scope'` run and waits until it is gone; lets go of any other. */
  [Symbol.asyncDispose](): Promise<void>
}

type Omitting<T, K extends PropertyKey> = { readonly [P in keyof T as P extends K ? never : P]: T[P] }
type Grade<C, F extends string, G extends string> = C extends {
  readonly [P in F]: { readonly [Q in G]: infer V }
}
  ? V
  : never
type Without<C, F extends string, G extends string, K extends string> =
  true extends Grade<C, F, G> ? (false extends Grade<C, F, G> ? K : never) : K

/** Every option of an exec; `ExecCallOptions` leaves out those that a cloud cannot honour. */
export interface AllExecCallOptions {
  readonly container?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly workingDirectory?: string | undefined
  readonly user?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Ends the command's connection and throws `timeout` after so long. */
  readonly timeout?: Duration | undefined
  /** Bytes for the command's input, which is then closed. Default: none, closed at once. */
  readonly stdin?: string | Uint8Array | Readable | undefined
  /** Runs the command in a terminal: one merged stream. Default false. */
  readonly tty?: boolean | undefined
}

/** Options of an exec; those that the cloud cannot honour are not there. */
export type ExecCallOptions<C extends Capabilities> = Omitting<
  AllExecCallOptions,
  Without<C, 'exec', 'tty', 'tty'> | Without<C, 'exec', 'stdin', 'stdin'>
>

/** The methods that only some clouds have. */
export interface RunFeatures<C extends Capabilities> {
  /** The output as lines. With `follow` it survives the container's restarts and ends when it has ended for good. */
  logs(options?: LogQuery & CallOptions): AsyncIterable<LogLine>
  /** Runs a command in the container and collects its output. A nonzero exit code is a result; a command that cannot start throws. */
  exec(command: readonly string[], options?: ExecCallOptions<C>): Promise<ExecResult>
  /** Runs a command in the container with open streams. */
  openExec(command: readonly string[], options?: ExecCallOptions<C>): Promise<Session>
  /** Joins the main process' own streams. */
  attach(options?: CallOptions & { readonly container?: string | undefined }): Promise<Session>
  /** Listens on this machine and forwards each connection to a port of the run. Default local port: a free one. */
  portForward(
    containerPort: number,
    options?: CallOptions & { readonly localPort?: number | undefined },
  ): Promise<Tunnel>
  /** Writes files below `/` of the container: by absolute path. */
  copyIn(
    files: Readonly<Record<string, string | Uint8Array>>,
    options?: CallOptions & { readonly container?: string | undefined },
  ): Promise<void>
  /** Reads one file. Throws `not-found` where it is not there. */
  copyOut(
    path: string,
    options?: CallOptions & { readonly container?: string | undefined },
  ): Promise<Uint8Array>
  restart(options?: CallOptions & { readonly grace?: Duration | undefined }): Promise<void>
  metrics(options?: CallOptions): Promise<Metrics>
}

/** The capability that each method needs. */
export interface MethodCapability {
  readonly logs: 'logs'
  readonly exec: 'exec'
  readonly openExec: 'exec'
  readonly attach: 'attach'
  readonly portForward: 'portForward'
  readonly copyIn: 'copy'
  readonly copyOut: 'copy'
  readonly restart: 'restartRun'
  readonly metrics: 'metrics'
}

/** The capabilities that give a run methods. */
export type RunFeature = MethodCapability[keyof MethodCapability]

export type RunMethods<C extends Capabilities> = {
  [M in keyof RunFeatures<C> as Has<C, MethodCapability[M]> extends true ? M : never]: RunFeatures<C>[M]
}

/** The handle of one started group. What its cloud cannot do is no method of it. */
export type ContainerRun<C extends Capabilities = AnyCapabilities> = BaseRun & RunMethods<C>

/** A run known to have a feature. */
export type ProviderRunWith<F extends RunFeature> = BaseRun &
  Pick<
    RunFeatures<AnyCapabilities & Required<Pick<Capabilities, F>>>,
    { [M in keyof MethodCapability]: MethodCapability[M] extends F ? M : never }[keyof MethodCapability]
  >

/** Every run method with every option, as core itself implements them. */
export type AllRunFeatures = RunFeatures<
  Capabilities & { readonly exec: { readonly tty: true; readonly stdin: true } }
>
