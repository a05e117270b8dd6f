// index.d.ts
import { Writable, Readable, Duplex } from "node:stream";
interface LogsGrade {
    readonly follow: "native" | "polled" | "lossy";
    readonly streams: "separate" | "merged";
    readonly bytes: "exact" | "text";
    readonly times: boolean;
    readonly previous: boolean;
}
interface ExecGrade {
    readonly exitCode: "native" | "sentinel" | "none";
    readonly stderr: "separate" | "merged";
    readonly stdin: boolean;
    readonly tty: boolean;
}
interface AttachGrade {
    readonly stderr: "separate" | "merged";
    readonly stdin: boolean;
    readonly tty: boolean;
}
interface FilesGrade {
    readonly secret: boolean;
    readonly maxBytes: number;
}
type Architecture = "amd64" | "arm64";
type RestartPolicy = "never" | "on-failure" | "always";
type Exposure = "local" | "private" | "public";
type VolumeKind = "empty" | "named" | "host" | "secret" | "git-repo" | "azure-file" | "efs" | "ebs" | "config-map" | "persistent-volume-claim";
interface Capabilities {
    readonly name: string;
    readonly architecture: readonly Architecture[];
    readonly restart: readonly RestartPolicy[];
    readonly expose: readonly Exposure[];
    readonly volumes?: readonly VolumeKind[];
    readonly files?: FilesGrade;
    readonly sidecars?: true;
    readonly initContainers?: true;
    readonly health?: true;
    readonly user?: true;
    readonly publish?: true;
    readonly registry?: true;
    readonly gpu?: true;
    readonly spot?: true;
    readonly regions?: true;
    readonly secretRef?: true;
    readonly logs?: LogsGrade;
    readonly exec?: ExecGrade;
    readonly attach?: AttachGrade;
    readonly portForward?: true;
    readonly copy?: true;
    readonly restartRun?: true;
    readonly metrics?: true;
    readonly ports: "mapped" | "same";
    readonly maxLifetime: "native" | "sweep";
    readonly exitCode: "native" | "none";
    readonly groupNetwork: "localhost" | "mapped" | "none";
    readonly native?: object;
}
interface CheckItem {
    readonly name: string;
    readonly status: "ok" | "warning" | "failed" | "skipped";
    readonly detail: string;
    readonly mend?: string | undefined;
}
interface CheckReport {
    readonly provider: string;
    readonly adapter: string;
    readonly status: "ok" | "warning" | "failed";
    readonly items: readonly CheckItem[];
}
interface RateItem {
    readonly what: string;
    readonly quantity: number;
    readonly unit: string;
    readonly pricePerHour: number;
}
interface RateTable {
    readonly currency: "USD";
    readonly items: readonly RateItem[];
    readonly billedFrom: "accepted" | "pull-started" | "started";
    readonly billedUntil: "exited" | "stopped" | "removed";
    readonly minimumSeconds?: number | undefined;
    readonly source: string;
    readonly date: string;
    readonly excludes?: readonly string[] | undefined;
}
interface Cost {
    readonly currency: "USD";
    readonly amount: number;
    readonly atLeast: number;
    readonly atMost: number;
    readonly perHour: number;
    readonly billedSeconds: number;
    readonly running: boolean;
    readonly rates: RateTable;
}
declare const MARKS: readonly [
    "requested",
    "accepted",
    "scheduled",
    "pull-started",
    "pull-ended",
    "created",
    "started",
    "addressed",
    "connected",
    "ready",
    "exited",
    "stopped",
    "removed"
];
type Mark = (typeof MARKS)[number];
type Instant = number;
interface EvidenceBase {
    readonly mark: Mark;
    readonly container?: string | undefined;
    readonly source: string;
}
interface SightingEvidence extends EvidenceBase {
    readonly kind: "sighting";
    readonly earliest?: Instant | undefined;
    readonly latest?: Instant | undefined;
}
interface StampEvidence extends EvidenceBase {
    readonly kind: "stamp";
    readonly timeInMicros: number;
    readonly resolutionInMicros: number;
    readonly machine: string;
    readonly side?: "both" | "upper" | undefined;
}
type Evidence = SightingEvidence | StampEvidence;
interface DateSample {
    readonly machine: string;
    readonly sentAt: Instant;
    readonly receivedAt: Instant;
    readonly date: string;
    readonly age?: string | undefined;
}
interface ClockDeclaration {
    readonly skewInMs?: number | undefined;
    readonly against?: string | undefined;
    readonly dateResolutionInMs?: number | undefined;
}
declare const REDACTED = "[secret]";
declare const SECRET: unique symbol;
declare const SECRET_REF: unique symbol;
interface Secret {
    readonly [SECRET]: () => Promise<string>;
    toString(): string;
    toJSON(): string;
}
interface SecretRef {
    readonly [SECRET_REF]: true;
    readonly reference: string;
}
declare function secret(value: string | (() => string | Promise<string>)): Secret;
declare function secretRef(reference: string): SecretRef;
declare function isSecret(value: unknown): value is Secret;
declare function isSecretRef(value: unknown): value is SecretRef;
declare function reveal(value: Secret): Promise<string>;
type Unsupported<R extends string> = symbol & {
    readonly __unsupported: R;
};
type Yes = true | object;
type AnyCapabilities = Capabilities;
interface CapabilityOfField {
    readonly mounts: "volumes";
}
type CapabilityOf<F extends string> = F extends keyof CapabilityOfField ? CapabilityOfField[F] : F;
type Has<C, F extends PropertyKey> = [
    C
] extends [
    Readonly<Record<F, Yes>>
] ? true : false;
type Lacking<C extends Capabilities, F extends string> = C extends Capabilities ? string extends C["name"] ? never : C extends Readonly<Record<F, Yes>> ? never : C["name"] : never;
type ListFeature = "architecture" | "restart" | "expose" | "volumes";
type Common<C extends Capabilities, F extends ListFeature> = (C extends Capabilities ? (value: string extends C["name"] ? Value<Required<Capabilities>, F> : Value<C, F>) => void : never) extends (value: infer V) => void ? Extract<V, Value<Required<Capabilities>, F>> : never;
type Value<C, F extends ListFeature> = C extends {
    readonly [P in F]: readonly (infer V)[];
} ? V : never;
type FeatureFields<C extends Capabilities> = {
    readonly [F in keyof SpecFeatures<C>]?: ([
        Lacking<C, CapabilityOf<F>>
    ] extends [
        never
    ] ? SpecFeatures<C>[F] | (string extends C["name"] ? Unsupported<string> : never) : Unsupported<`${Lacking<C, CapabilityOf<F>>} does not support ${F}`>) | undefined;
};
type OptionsFields<C extends Capabilities> = {
    readonly [N in C as string extends N["name"] ? never : N["name"]]?: OwnOptions<N> | undefined;
} & {
    readonly [adapter: string]: unknown;
};
type OwnOptions<C extends Capabilities> = "native" extends keyof C ? NonNullable<C["native"]> : Unsupported<`${C["name"]} has no options of its own`>;
type Duration = number | `${number}${"ms" | "s" | "m" | "h" | "d"}`;
declare function durationInMs(duration: Duration, field?: string): number;
type Lifetime = "scope" | {
    readonly lease: Duration;
} | {
    readonly maxLifetime: Duration;
} | "keep";
interface HttpProbe {
    readonly kind: "http";
    readonly path: string;
    readonly port?: number | undefined;
    readonly status?: number | readonly number[] | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly scheme?: "http" | "https" | undefined;
    readonly body?: string | undefined;
}
interface TcpProbe {
    readonly kind: "tcp";
    readonly port?: number | undefined;
}
interface LogProbe {
    readonly kind: "log";
    readonly pattern: string | RegExp;
    readonly times?: number | undefined;
    readonly container?: string | undefined;
}
interface ExecProbe {
    readonly kind: "exec";
    readonly command: readonly string[];
    readonly container?: string | undefined;
}
interface HealthProbe {
    readonly kind: "health";
    readonly container?: string | undefined;
}
interface StartedProbe {
    readonly kind: "started";
}
interface ExitedProbe {
    readonly kind: "exited";
    readonly exitCode?: number | undefined;
}
interface AllProbe {
    readonly kind: "all";
    readonly probes: readonly Probe[];
}
interface AnyProbe {
    readonly kind: "any";
    readonly probes: readonly Probe[];
}
type Probe = HttpProbe | TcpProbe | LogProbe | ExecProbe | HealthProbe | StartedProbe | ExitedProbe | AllProbe | AnyProbe;
interface HealthCheck {
    readonly probe: HttpProbe | TcpProbe | ExecProbe;
    readonly interval?: Duration | undefined;
    readonly timeout?: Duration | undefined;
    readonly retries?: number | undefined;
    readonly startPeriod?: Duration | undefined;
}
interface PortSpec {
    readonly port: number;
    readonly protocol?: "tcp" | "udp" | undefined;
    readonly publish?: number | undefined;
}
type Memory = number | `${number}${"Ki" | "Mi" | "Gi" | "K" | "M" | "G"}`;
interface FileSpec {
    readonly content: string | Uint8Array | Secret;
    readonly mode?: number | undefined;
}
interface Mount {
    readonly volume: string;
    readonly path: string;
    readonly readOnly?: boolean | undefined;
}
interface VolumeSpec<K extends VolumeKind = VolumeKind> {
    readonly kind: K;
    readonly options?: Readonly<Record<string, string | number | boolean | Secret>> | undefined;
}
interface RegistryCredentials {
    readonly username: string;
    readonly password: Secret;
    readonly server?: string | undefined;
}
interface ContainerPart {
    readonly image: string;
    readonly command?: readonly string[] | undefined;
    readonly args?: readonly string[] | undefined;
    readonly env?: Readonly<Record<string, string | Secret | SecretRef>> | undefined;
    readonly workingDirectory?: string | undefined;
    readonly cpu?: number | undefined;
    readonly memory?: Memory | undefined;
    readonly ports?: readonly (number | PortSpec)[] | undefined;
}
interface PartFeatures {
    readonly files: Readonly<Record<string, string | Uint8Array | Secret | FileSpec>>;
    readonly mounts: readonly Mount[];
    readonly health: HealthCheck;
    readonly user: string | number;
    readonly registry: RegistryCredentials;
}
type PartFeatureFields<C extends Capabilities> = Pick<FeatureFields<C>, keyof PartFeatures>;
interface SidecarSpec<C extends Capabilities = AnyCapabilities> extends ContainerPart, PartFeatureFields<C> {
}
interface InitContainerSpec<C extends Capabilities = AnyCapabilities> extends Omit<ContainerPart, "ports">, Omit<PartFeatureFields<C>, "health"> {
}
interface AnySidecarSpec extends ContainerPart, PartFeatureFields<AnyCapabilities> {
}
interface AnyInitContainerSpec extends Omit<ContainerPart, "ports">, Omit<PartFeatureFields<AnyCapabilities>, "health"> {
}
interface BaseSpec extends ContainerPart {
    readonly name?: string | undefined;
    readonly ready?: Probe | undefined;
    readonly lifetime?: Lifetime | undefined;
    readonly stopGrace?: Duration | undefined;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly fit?: "exact" | "up" | undefined;
}
interface SpecFeatures<C extends Capabilities> extends PartFeatures {
    readonly architecture: Common<C, "architecture">;
    readonly restart: Common<C, "restart">;
    readonly expose: Common<C, "expose">;
    readonly volumes: Readonly<Record<string, VolumeSpec<Common<C, "volumes">>>>;
    readonly sidecars: Readonly<Record<string, string extends C["name"] ? AnySidecarSpec : SidecarSpec<C>>>;
    readonly initContainers: Readonly<Record<string, string extends C["name"] ? AnyInitContainerSpec : InitContainerSpec<C>>>;
    readonly gpu: {
        readonly count: number;
        readonly kind?: string | undefined;
    };
    readonly spot: boolean;
    readonly regions: readonly string[];
}
interface ContainerSpec<C extends Capabilities = AnyCapabilities> extends BaseSpec, FeatureFields<C> {
    readonly options?: OptionsFields<C> | undefined;
}
type Sealed<S> = S & {
    readonly [K in Exclude<keyof SpecFeatures<AnyCapabilities>, keyof S>]?: undefined;
};
type UnknownFields<S> = {
    readonly [K in Exclude<keyof S, keyof ContainerSpec>]: Unsupported<`a container spec has no ${K & string}`>;
};
interface PlannedPort {
    readonly port: number;
    readonly protocol: "tcp" | "udp";
    readonly publish: number | undefined;
}
interface PlannedFile {
    readonly path: string;
    readonly content: string | Uint8Array | Secret;
    readonly mode: number;
}
interface PlannedMount {
    readonly volume: string;
    readonly path: string;
    readonly readOnly: boolean;
}
interface PlannedContainer {
    readonly name: string;
    readonly role: "main" | "sidecar" | "init";
    readonly image: string;
    readonly command: readonly string[] | undefined;
    readonly args: readonly string[] | undefined;
    readonly env: Readonly<Record<string, string | Secret | SecretRef>>;
    readonly workingDirectory: string | undefined;
    readonly cpu: number | undefined;
    readonly memoryInBytes: number | undefined;
    readonly ports: readonly PlannedPort[];
    readonly files: readonly PlannedFile[];
    readonly mounts: readonly PlannedMount[];
    readonly health: HealthCheck | undefined;
    readonly user: string | undefined;
    readonly registry: RegistryCredentials | undefined;
}
interface OwnershipTags {
    readonly "berth-run": string;
    readonly "berth-owner": string;
    readonly "berth-expires": string;
    readonly "berth-token": string;
    readonly "berth-spec": string;
    readonly "berth-lifetime": string;
}
interface GroupPlan {
    readonly name: string;
    readonly token: string;
    readonly tags: OwnershipTags;
    readonly labels: Readonly<Record<string, string>>;
    readonly containers: readonly PlannedContainer[];
    readonly initContainers: readonly PlannedContainer[];
    readonly volumes: Readonly<Record<string, VolumeSpec>>;
    readonly restart: RestartPolicy;
    readonly architecture: Architecture | undefined;
    readonly expose: Exposure | undefined;
    readonly spot: boolean;
    readonly gpu: {
        readonly count: number;
        readonly kind?: string | undefined;
    } | undefined;
    readonly regions: readonly string[];
    readonly stopGraceInMs: number;
    readonly maxLifetimeInMs: number | undefined;
    readonly fit: "exact" | "up";
    readonly native: unknown;
}
interface LogLine {
    readonly container: string;
    readonly stream: "stdout" | "stderr";
    readonly time?: Date | undefined;
    readonly text: string;
    readonly bytes: Uint8Array;
}
interface LogQuery {
    readonly follow?: boolean | undefined;
    readonly since?: Date | undefined;
    readonly tail?: number | undefined;
    readonly limit?: number | undefined;
    readonly container?: string | undefined;
    readonly previous?: boolean | undefined;
}
interface Metrics {
    readonly at: Date;
    readonly cpu: number;
    readonly memoryInBytes: number;
}
type BerthErrorCode = "authentication" | "permission" | "not-found" | "conflict" | "capacity" | "quota" | "rate-limited" | "unsupported" | "invalid-spec" | "image-pull" | "start-failed" | "exited" | "timeout" | "unavailable" | "internal";
interface ErrorEvidence {
    readonly events?: readonly CloudEvent[] | undefined;
    readonly logs?: readonly LogLine[] | undefined;
    readonly probe?: string | undefined;
    readonly exitCode?: number | undefined;
    readonly signal?: string | undefined;
    readonly left?: readonly string[] | undefined;
}
interface Attempt {
    readonly provider: string;
    readonly place?: string | undefined;
    readonly startedAt: Date;
    readonly endedAt?: Date | undefined;
    readonly error?: BerthError | undefined;
}
interface BerthErrorOptions {
    readonly code: BerthErrorCode;
    readonly message: string;
    readonly retryable?: boolean | undefined;
    readonly retryAfterInMs?: number | undefined;
    readonly provider?: string | undefined;
    readonly operation?: string | undefined;
    readonly requestId?: string | undefined;
    readonly cause?: unknown;
    readonly evidence?: ErrorEvidence | undefined;
    readonly attempts?: readonly Attempt[] | undefined;
    readonly outcomeUnknown?: boolean | undefined;
}
declare const MARKER: unique symbol;
declare class BerthError extends Error {
    readonly code: BerthErrorCode;
    readonly retryable: boolean;
    readonly retryAfterInMs: number | undefined;
    readonly provider: string | undefined;
    readonly operation: string | undefined;
    readonly requestId: string | undefined;
    readonly evidence: ErrorEvidence;
    readonly attempts: readonly Attempt[];
    readonly outcomeUnknown: boolean;
    readonly [MARKER] = true;
    constructor(options: BerthErrorOptions);
    static isInstance(value: unknown): value is BerthError;
    with(more: Partial<Omit<BerthErrorOptions, "code" | "message">>): BerthError;
    toJSON(): Record<string, unknown>;
}
interface Address {
    readonly host: string;
    readonly port: number;
    readonly containerPort: number;
    readonly protocol: "tcp" | "udp";
    readonly exposure: Exposure;
    readonly proxied?: boolean | undefined;
}
interface Termination {
    readonly exitCode: number | undefined;
    readonly signal?: string | undefined;
    readonly reason?: string | undefined;
    readonly startedAt?: Date | undefined;
    readonly finishedAt?: Date | undefined;
}
interface ContainerObservation {
    readonly state: "waiting" | "running" | "terminated" | "unknown";
    readonly reason?: string | undefined;
    readonly restartCount: number;
    readonly health?: "starting" | "healthy" | "unhealthy" | undefined;
    readonly termination?: Termination | undefined;
    readonly lastTermination?: Termination | undefined;
    readonly imageDigest?: string | undefined;
}
interface CloudEvent {
    readonly time?: Date | undefined;
    readonly container?: string | undefined;
    readonly name: string;
    readonly message: string;
    readonly count: number;
    readonly severity: "normal" | "warning";
}
interface Observation {
    readonly ref: string;
    readonly phase: "pending" | "placed" | "stopped" | "gone";
    readonly containers: Readonly<Record<string, ContainerObservation>>;
    readonly addresses: readonly Address[];
    readonly events: readonly CloudEvent[];
    readonly evidence: readonly Evidence[];
    readonly failure?: BerthError | undefined;
    readonly nextChangeInMs?: number | undefined;
}
interface Progress {
    readonly step: "pull" | "place" | "create" | "start";
    readonly text: string;
    readonly done?: number | undefined;
    readonly total?: number | undefined;
}
interface SessionExit {
    readonly exitCode: number | undefined;
    readonly signal?: string | undefined;
}
interface Session extends AsyncDisposable {
    readonly stdin: Writable;
    readonly stdout: Readable;
    readonly stderr: Readable;
    readonly exited: Promise<SessionExit>;
    resize(size: {
        readonly columns: number;
        readonly rows: number;
    }): Promise<void>;
    close(): Promise<void>;
}
interface Tunnel extends AsyncDisposable {
    readonly host: string;
    readonly port: number;
    close(): Promise<void>;
}
interface ExecResult {
    readonly exitCode: number | undefined;
    readonly signal?: string | undefined;
    readonly stdout: string;
    readonly stderr: string;
    readonly stdoutBytes: Uint8Array;
    readonly stderrBytes: Uint8Array;
}
interface CallContext {
    readonly signal: AbortSignal;
    date(sample: DateSample): void;
}
interface CreateContext extends CallContext {
    evidence(evidence: Evidence): void;
    tags(): OwnershipTags;
    progress(progress: Progress): void;
}
interface Created {
    readonly ref: string;
    readonly observation?: Observation | undefined;
    readonly existed?: boolean | undefined;
    readonly notes?: readonly string[] | undefined;
}
interface PricedPlan {
    readonly containers: readonly Pick<PlannedContainer, "cpu" | "memoryInBytes" | "ports">[];
    readonly spot: boolean;
    readonly architecture: Architecture | undefined;
    readonly expose: Exposure | undefined;
    readonly regions: readonly string[];
}
interface Found {
    readonly ref: string;
    readonly tags: OwnershipTags;
    readonly labels: Readonly<Record<string, string>>;
    readonly createdAt: Date;
    readonly image: string | undefined;
    readonly tcpPorts: readonly number[];
    readonly priced: PricedPlan;
    readonly observation: Observation;
    readonly complete: boolean;
    readonly parts: readonly string[];
}
interface FindQuery {
    readonly ref?: string | undefined;
    readonly tokenHash?: string | undefined;
    readonly name?: string | undefined;
}
interface Renewal {
    readonly ref: string;
    readonly expiresAt: Date | null;
    readonly owner?: string | undefined;
    readonly lifetime?: string | undefined;
}
type Renewed = {
    readonly ref: string;
    readonly outcome: "renewed" | "gone";
} | {
    readonly ref: string;
    readonly outcome: "failed";
    readonly error: unknown;
};
type WatchMessage = {
    readonly kind: "observation";
    readonly observation: Observation;
} | {
    readonly kind: "connected";
} | {
    readonly kind: "resync";
    readonly observations: readonly Observation[];
};
interface RateLimit {
    readonly burst: number;
    readonly refillPerSecond: number;
}
interface ExecOptions {
    readonly container: string | undefined;
    readonly tty: boolean;
    readonly stdin: boolean;
    readonly env: Readonly<Record<string, string>>;
    readonly workingDirectory: string | undefined;
    readonly user: string | undefined;
}
interface AttachOptions {
    readonly container: string | undefined;
    readonly stdin: boolean;
}
interface Pacing {
    readonly batchSize?: number | undefined;
    readonly startIntervalInMs?: number | undefined;
    readonly steadyIntervalInMs?: number | undefined;
    readonly limits?: Readonly<Partial<Record<AdapterVerb, RateLimit>>> | undefined;
    readonly concurrentCreates?: number | undefined;
}
type AdapterVerb = "check" | "create" | "poll" | "watch" | "find" | "renew" | "stop" | "remove" | "logs" | "exec" | "attach" | "portForward" | "copyIn" | "copyOut" | "restart" | "metrics";
interface LeaseTerms {
    readonly lengthInMs: number;
    readonly settleInMs: number;
    readonly removeInMs?: number | undefined;
}
interface Adapter {
    readonly clocks: Readonly<Record<string, ClockDeclaration>>;
    readonly lease: LeaseTerms;
    readonly pacing?: Pacing | undefined;
    check(context: CallContext): Promise<readonly CheckItem[]>;
    validate?(plan: GroupPlan): void;
    create(plan: GroupPlan, context: CreateContext): Promise<Created>;
    poll?(refs: readonly string[], context: CallContext): Promise<readonly Observation[]>;
    watch?(context: CallContext): AsyncIterable<WatchMessage>;
    find(query: FindQuery, context: CallContext): AsyncIterable<Found>;
    renew?(renewals: readonly Renewal[], context: CallContext): Promise<readonly Renewed[]>;
    stop(ref: string, options: {
        readonly graceInMs: number;
    }, context: CallContext): Promise<void>;
    remove(ref: string, context: CallContext): Promise<void>;
    rates(plan: PricedPlan): RateTable;
    logs?(ref: string, query: LogQuery, context: CallContext): AsyncIterable<LogLine>;
    exec?(ref: string, command: readonly string[], options: ExecOptions, context: CallContext): Promise<Session>;
    attach?(ref: string, options: AttachOptions, context: CallContext): Promise<Session>;
    portForward?(ref: string, port: number, context: CallContext): Promise<Duplex>;
    copyIn?(ref: string, path: string, tar: Readable, options: {
        readonly container: string | undefined;
    }, context: CallContext): Promise<void>;
    copyOut?(ref: string, path: string, options: {
        readonly container: string | undefined;
    }, context: CallContext): Promise<Readable>;
    restart?(ref: string, options: {
        readonly graceInMs: number;
    }, context: CallContext): Promise<void>;
    metrics?(ref: string, context: CallContext): Promise<Metrics>;
    close(): Promise<void>;
}
interface AdapterDefinition<C extends Capabilities, Options> {
    readonly capabilities: C;
    connect(options: Options): Adapter;
}
interface TimelineMark {
    readonly name: Mark;
    readonly at: number;
    readonly earliest: number;
    readonly latest: number;
    readonly pinned: boolean;
    readonly flags: readonly ("unsteady" | "inferred")[];
    readonly sources: readonly string[];
}
interface TimelinePhase {
    readonly name: string;
    readonly from: Mark;
    readonly to: Mark | "detected";
    readonly start: number;
    readonly end: number;
    readonly duration: number;
    readonly atLeast: number;
    readonly atMost: number;
    readonly contains: readonly string[];
    readonly sources: readonly string[];
}
interface TimelineMinimum {
    readonly name: string;
    readonly from: Mark;
    readonly to: Mark | "detected";
    readonly atLeast: number;
}
interface TimelineSpan {
    readonly name: string;
    readonly container: string;
    readonly start: number;
    readonly end: number;
    readonly sources: readonly string[];
}
interface TimelineClock {
    readonly machine: string;
    readonly offset: {
        readonly earliest: number;
        readonly latest: number;
    } | null;
    readonly samples: number;
    readonly contradictory: boolean;
}
interface Timeline {
    readonly requestedAt: Date;
    readonly total: number | undefined;
    readonly marks: readonly TimelineMark[];
    readonly phases: readonly TimelinePhase[];
    readonly minima: readonly TimelineMinimum[];
    readonly spans: readonly TimelineSpan[];
    readonly clocks: readonly TimelineClock[];
    readonly assumptions: "declared" | "free-clocks" | "no-stamps" | "seen-only";
    mark(name: Mark): TimelineMark | undefined;
    toJSON(): TimelineJson;
}
interface TimelineJson {
    readonly unit: "us";
    readonly requestedAt: string;
    readonly total: number | null;
    readonly assumptions: Timeline["assumptions"];
    readonly marks: readonly TimelineMark[];
    readonly phases: readonly TimelinePhase[];
    readonly minima: readonly TimelineMinimum[];
    readonly spans: readonly TimelineSpan[];
    readonly clocks: readonly TimelineClock[];
}
interface CallOptions {
    readonly signal?: AbortSignal | undefined;
}
interface WaitOptions extends CallOptions {
    readonly timeout?: Duration | undefined;
}
type RunState = "pending" | "starting" | "running" | "ready" | "stopped" | "failed" | "gone";
interface RunChange {
    readonly kind: "state" | "timeline" | "event" | "progress" | "attempt";
    readonly state: RunState;
    readonly event?: CloudEvent | undefined;
    readonly progress?: Progress | undefined;
}
interface BaseRun extends AsyncDisposable {
    readonly id: string;
    readonly provider: string;
    readonly ref: string;
    readonly name: string;
    readonly image: string;
    readonly state: RunState;
    readonly createdAt: Date;
    readonly containers: Readonly<Record<string, ContainerObservation>>;
    readonly addresses: readonly Address[];
    readonly url: string | undefined;
    readonly events: readonly CloudEvent[];
    readonly labels: Readonly<Record<string, string>>;
    readonly lifetime: Lifetime;
    readonly expiresAt: Date | null;
    readonly timeline: Timeline;
    readonly attempts: readonly Attempt[];
    readonly notes: readonly string[];
    address(containerPort: number): Address;
    cost(): Cost;
    placed(options?: WaitOptions): Promise<void>;
    ready(options?: WaitOptions & {
        readonly probe?: Probe | undefined;
    }): Promise<void>;
    exited(options?: WaitOptions): Promise<Termination>;
    stop(options?: CallOptions & {
        readonly grace?: Duration | undefined;
    }): Promise<void>;
    remove(options?: CallOptions): Promise<void>;
    refresh(options?: CallOptions): Promise<void>;
    renew(options?: CallOptions): Promise<void>;
    handOver(lifetime: Exclude<Lifetime, "scope">, options?: CallOptions): Promise<void>;
    changes(options?: CallOptions): AsyncIterable<RunChange>;
    supports<F extends RunFeature>(feature: F): this is ProviderRunWith<F>;
    [Symbol.asyncDispose](): Promise<void>;
}
type Omitting<T, K extends PropertyKey> = {
    readonly [P in keyof T as P extends K ? never : P]: T[P];
};
type Grade<C, F extends string, G extends string> = C extends {
    readonly [P in F]: {
        readonly [Q in G]: infer V;
    };
} ? V : never;
type Without<C, F extends string, G extends string, K extends string> = true extends Grade<C, F, G> ? (false extends Grade<C, F, G> ? K : never) : K;
interface AllExecCallOptions {
    readonly container?: string | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
    readonly workingDirectory?: string | undefined;
    readonly user?: string | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly timeout?: Duration | undefined;
    readonly stdin?: string | Uint8Array | Readable | undefined;
    readonly tty?: boolean | undefined;
}
type ExecCallOptions<C extends Capabilities> = Omitting<AllExecCallOptions, Without<C, "exec", "tty", "tty"> | Without<C, "exec", "stdin", "stdin">>;
interface RunFeatures<C extends Capabilities> {
    logs(options?: LogQuery & CallOptions): AsyncIterable<LogLine>;
    exec(command: readonly string[], options?: ExecCallOptions<C>): Promise<ExecResult>;
    openExec(command: readonly string[], options?: ExecCallOptions<C>): Promise<Session>;
    attach(options?: CallOptions & {
        readonly container?: string | undefined;
    }): Promise<Session>;
    portForward(containerPort: number, options?: CallOptions & {
        readonly localPort?: number | undefined;
    }): Promise<Tunnel>;
    copyIn(files: Readonly<Record<string, string | Uint8Array>>, options?: CallOptions & {
        readonly container?: string | undefined;
    }): Promise<void>;
    copyOut(path: string, options?: CallOptions & {
        readonly container?: string | undefined;
    }): Promise<Uint8Array>;
    restart(options?: CallOptions & {
        readonly grace?: Duration | undefined;
    }): Promise<void>;
    metrics(options?: CallOptions): Promise<Metrics>;
}
interface MethodCapability {
    readonly logs: "logs";
    readonly exec: "exec";
    readonly openExec: "exec";
    readonly attach: "attach";
    readonly portForward: "portForward";
    readonly copyIn: "copy";
    readonly copyOut: "copy";
    readonly restart: "restartRun";
    readonly metrics: "metrics";
}
type RunFeature = MethodCapability[keyof MethodCapability];
type RunMethods<C extends Capabilities> = {
    [M in keyof RunFeatures<C> as Has<C, MethodCapability[M]> extends true ? M : never]: RunFeatures<C>[M];
};
type ContainerRun<C extends Capabilities = AnyCapabilities> = BaseRun & RunMethods<C>;
type ProviderRunWith<F extends RunFeature> = BaseRun & Pick<RunFeatures<AnyCapabilities & Required<Pick<Capabilities, F>>>, {
    [M in keyof MethodCapability]: MethodCapability[M] extends F ? M : never;
}[keyof MethodCapability]>;
interface RunOptions extends CallOptions {
    readonly token?: string | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
}
interface SweepOptions extends CallOptions {
    readonly dryRun?: boolean | undefined;
    readonly concurrency?: number | undefined;
}
interface SweepReport {
    readonly provider: string;
    readonly dryRun: boolean;
    readonly removed: readonly SweptRun[];
    readonly kept: readonly SweptRun[];
    readonly failed: readonly (SweptRun & {
        readonly error: string;
    })[];
}
interface SweptRun {
    readonly id: string;
    readonly name: string;
    readonly image: string | undefined;
    readonly createdAt: Date;
    readonly expiresAt: Date | null;
    readonly reason: string;
    readonly parts: readonly string[];
}
interface Provider<C extends Capabilities = AnyCapabilities> extends AsyncDisposable {
    readonly name: string;
    readonly capabilities: C;
    run(spec: ContainerSpec<C>, options?: RunOptions): Promise<ContainerRun<C>>;
    get(id: string, options?: CallOptions): Promise<ContainerRun<C> | null>;
    list(options?: CallOptions): AsyncIterable<ContainerRun<C>>;
    sweep(options?: SweepOptions): Promise<SweepReport>;
    check(options?: CallOptions & {
        readonly timeout?: Duration | undefined;
    }): Promise<CheckReport>;
    close(): Promise<void>;
}
type AnyProvider = Provider<AnyCapabilities>;
type ProviderWith<F extends RunFeature> = Provider<AnyCapabilities & Required<Pick<Capabilities, F>>>;
type CapabilitiesOf<P> = P extends {
    readonly capabilities: infer C extends Capabilities;
} ? string extends C["name"] ? AnyCapabilities : C : never;
interface LogChunk {
    readonly container: string;
    readonly stream: "stdout" | "stderr";
    readonly time?: Date | undefined;
    readonly bytes: Uint8Array;
}
declare class LineSplitter {
    #private;
    push(chunk: LogChunk): LogLine[];
    end(): LogLine[];
}
interface ProviderOptions {
    readonly name?: string | undefined;
    readonly lease?: Duration | undefined;
}
type FactoryArguments<Options> = Record<never, never> extends Options ? [
    options?: Options & ProviderOptions
] : [
    options: Options & ProviderOptions
];
declare function defineProvider<C extends Capabilities, Options extends object = Record<never, never>>(definition: AdapterDefinition<C, Options>): (...factoryArguments: FactoryArguments<Options>) => Provider<C>;
declare function http(path?: string, options?: Omit<HttpProbe, "kind" | "path">): HttpProbe;
declare function tcp(port?: number): TcpProbe;
declare function log(pattern: string | RegExp, options?: Omit<LogProbe, "kind" | "pattern">): LogProbe;
declare function exec(command: readonly string[], options?: Omit<ExecProbe, "kind" | "command">): ExecProbe;
declare function health(options?: Omit<HealthProbe, "kind">): HealthProbe;
declare function started(): StartedProbe;
declare function exited(exitCode?: number): ExitedProbe;
declare function all(...probes: readonly Probe[]): AllProbe;
declare function any(...probes: readonly Probe[]): AnyProbe;
declare function redact(text: string): string;
declare function containerSpec<const S extends ContainerSpec & UnknownFields<S>>(spec: S): Sealed<S>;
interface Probed {
    readonly ready?: Probe | undefined;
    readonly ports?: readonly (number | Pick<PortSpec, "port" | "protocol">)[] | undefined;
}
declare function defaultProbe({ ready, ports }: Probed): Probe;
interface ImageReference {
    readonly registry: string | undefined;
    readonly repository: string;
    readonly tag: string | undefined;
    readonly digest: string | undefined;
}
declare function parseImageReference(image: string): ImageReference;
interface PlanContext {
    readonly capabilities: Capabilities;
    readonly providerName: string;
    readonly token: string;
    readonly owner: string;
    readonly leaseInMs: number;
    readonly nowInMs?: number | undefined;
}
declare function planGroup(spec: unknown, context: PlanContext): Promise<GroupPlan>;
export { BerthError, LineSplitter, MARKS, REDACTED, all, any, containerSpec, defaultProbe, defineProvider, durationInMs, exec, exited, health, http, isSecret, isSecretRef, log, parseImageReference, planGroup, redact, reveal, secret, secretRef, started, tcp };
export type { Adapter, AdapterDefinition, AdapterVerb, Address, AllProbe, AnyCapabilities, AnyProbe, AnyProvider, Architecture, AttachGrade, AttachOptions, Attempt, BaseRun, BaseSpec, BerthErrorCode, BerthErrorOptions, CallContext, CallOptions, Capabilities, CapabilitiesOf, CheckItem, CheckReport, ClockDeclaration, CloudEvent, Common, ContainerObservation, ContainerPart, ContainerRun, ContainerSpec, Cost, CreateContext, Created, DateSample, Duration, ErrorEvidence, Evidence, ExecCallOptions, ExecGrade, ExecOptions, ExecProbe, ExecResult, ExitedProbe, Exposure, FeatureFields, FileSpec, FilesGrade, FindQuery, Found, GroupPlan, Has, HealthCheck, HealthProbe, HttpProbe, ImageReference, InitContainerSpec, Instant, Lacking, LeaseTerms, Lifetime, LogChunk, LogLine, LogProbe, LogQuery, LogsGrade, Mark, Memory, Metrics, Mount, Observation, OptionsFields, OwnershipTags, Pacing, PartFeatures, PlanContext, PlannedContainer, PlannedFile, PlannedMount, PlannedPort, PortSpec, Probe, Probed, Progress, Provider, ProviderOptions, ProviderRunWith, ProviderWith, RateItem, RateLimit, RateTable, RegistryCredentials, Renewal, Renewed, RestartPolicy, RunChange, RunFeature, RunFeatures, RunMethods, RunOptions, RunState, Sealed, Secret, SecretRef, Session, SessionExit, SidecarSpec, SightingEvidence, SpecFeatures, StampEvidence, StartedProbe, SweepOptions, SweepReport, SweptRun, TcpProbe, Termination, Timeline, TimelineClock, TimelineJson, TimelineMark, TimelinePhase, TimelineSpan, Tunnel, UnknownFields, Unsupported, VolumeKind, VolumeSpec, WaitOptions, WatchMessage, Yes };
