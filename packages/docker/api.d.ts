// engine-client.d.ts
import { Duplex, Readable, Writable } from "node:stream";
import { IncomingMessage } from "node:http";
type EngineQuery = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
type QueryValue = string | number | boolean;
type EngineBody = Uint8Array | AsyncIterable<Uint8Array>;
interface CallOptions {
    readonly signal?: AbortSignal | undefined;
}
interface EngineRequest extends CallOptions {
    readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
    readonly path: string;
    readonly query?: EngineQuery | undefined;
    readonly json?: unknown;
    readonly body?: EngineBody | undefined;
    readonly headers?: Readonly<Record<string, string>> | undefined;
    readonly idempotent?: boolean | undefined;
    readonly unversioned?: boolean | undefined;
    readonly accept?: readonly number[] | undefined;
}
type EngineFilters = Readonly<Record<string, readonly string[] | undefined>>;
interface EngineTls {
    readonly caFile?: string;
    readonly certFile?: string;
    readonly keyFile?: string;
    readonly verify: boolean;
}
interface SocketEndpoint {
    readonly kind: "socket";
    readonly address: string;
    readonly source: string;
    readonly socketPath: string;
}
interface TcpEndpoint {
    readonly kind: "tcp";
    readonly address: string;
    readonly source: string;
    readonly host: string;
    readonly port: number;
    readonly basePath: string;
    readonly tls?: EngineTls;
}
type EngineEndpoint = SocketEndpoint | TcpEndpoint;
declare function isLoopback(host: string): boolean;
interface EngineAnswer {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly sentAt: number;
    readonly receivedAt: number;
    readonly date?: string;
    readonly age?: string;
}
interface EngineTransport {
    endpoint(): Promise<EngineEndpoint>;
    apiVersion(signal?: AbortSignal): Promise<string | null>;
    send(request: EngineRequest): Promise<IncomingMessage>;
    status(request: EngineRequest): Promise<number>;
    json<Result>(request: EngineRequest): Promise<Result>;
    upgrade(request: EngineRequest): Promise<UpgradedAnswer>;
    close(): void;
}
interface UpgradedAnswer {
    readonly socket: Duplex;
    readonly headers: IncomingMessage["headers"];
}
interface PathStat {
    readonly name: string;
    readonly size: number;
    readonly mode: number;
    readonly mtime: string;
    readonly linkTarget: string;
}
interface ContainerArchiveCalls {
    getArchive(id: string, path: string, options?: CallOptions): Promise<{
        readonly stat: PathStat;
        readonly tar: Readable;
    } | null>;
    putArchive(id: string, path: string, tar: EngineBody, options?: CallOptions & {
        readonly noOverwriteDirNonDir?: boolean | undefined;
        readonly copyUidGid?: boolean | undefined;
    }): Promise<void>;
    statPath(id: string, path: string, options?: CallOptions): Promise<PathStat | null>;
}
interface ContainerCreateBody {
    readonly Image: string;
    readonly Entrypoint?: readonly string[] | undefined;
    readonly Cmd?: readonly string[] | undefined;
    readonly Env?: readonly string[] | undefined;
    readonly WorkingDir?: string | undefined;
    readonly User?: string | undefined;
    readonly Labels?: Readonly<Record<string, string>> | undefined;
    readonly Hostname?: string | undefined;
    readonly Domainname?: string | undefined;
    readonly ExposedPorts?: Readonly<Record<string, object>> | undefined;
    readonly Tty?: boolean | undefined;
    readonly OpenStdin?: boolean | undefined;
    readonly StdinOnce?: boolean | undefined;
    readonly AttachStdin?: boolean | undefined;
    readonly AttachStdout?: boolean | undefined;
    readonly AttachStderr?: boolean | undefined;
    readonly StopSignal?: string | undefined;
    readonly StopTimeout?: number | undefined;
    readonly Healthcheck?: HealthcheckBody | undefined;
    readonly HostConfig?: HostConfigBody | undefined;
    readonly NetworkingConfig?: {
        readonly EndpointsConfig: Readonly<Record<string, EndpointBody>>;
    } | undefined;
}
interface HealthcheckBody {
    readonly Test: readonly string[];
    readonly Interval?: number | undefined;
    readonly Timeout?: number | undefined;
    readonly Retries?: number | undefined;
    readonly StartPeriod?: number | undefined;
}
interface HostConfigBody extends ResourcesBody {
    readonly NetworkMode?: string | undefined;
    readonly PidMode?: string | undefined;
    readonly IpcMode?: string | undefined;
    readonly PortBindings?: Readonly<Record<string, readonly PortBinding[]>> | undefined;
    readonly PublishAllPorts?: boolean | undefined;
    readonly AutoRemove?: boolean | undefined;
    readonly Binds?: readonly string[] | undefined;
    readonly Mounts?: readonly MountBody[] | undefined;
    readonly Tmpfs?: Readonly<Record<string, string>> | undefined;
    readonly Init?: boolean | undefined;
    readonly Privileged?: boolean | undefined;
    readonly ReadonlyRootfs?: boolean | undefined;
    readonly CapAdd?: readonly string[] | undefined;
    readonly CapDrop?: readonly string[] | undefined;
    readonly SecurityOpt?: readonly string[] | undefined;
    readonly GroupAdd?: readonly string[] | undefined;
    readonly Dns?: readonly string[] | undefined;
    readonly DnsSearch?: readonly string[] | undefined;
    readonly ExtraHosts?: readonly string[] | undefined;
    readonly Sysctls?: Readonly<Record<string, string>> | undefined;
    readonly ShmSize?: number | undefined;
    readonly OomScoreAdj?: number | undefined;
    readonly Runtime?: string | undefined;
    readonly LogConfig?: {
        readonly Type: string;
        readonly Config?: Readonly<Record<string, string>>;
    } | undefined;
}
interface ResourcesBody {
    readonly NanoCpus?: number | undefined;
    readonly CpuShares?: number | undefined;
    readonly CpusetCpus?: string | undefined;
    readonly Memory?: number | undefined;
    readonly MemorySwap?: number | undefined;
    readonly MemoryReservation?: number | undefined;
    readonly PidsLimit?: number | undefined;
    readonly RestartPolicy?: RestartPolicyBody | undefined;
    readonly Ulimits?: readonly {
        readonly Name: string;
        readonly Soft: number;
        readonly Hard: number;
    }[] | undefined;
    readonly Devices?: readonly DeviceBody[] | undefined;
    readonly DeviceRequests?: readonly DeviceRequestBody[] | undefined;
}
interface RestartPolicyBody {
    readonly Name: "" | "no" | "always" | "unless-stopped" | "on-failure";
    readonly MaximumRetryCount?: number | undefined;
}
interface DeviceBody {
    readonly PathOnHost: string;
    readonly PathInContainer: string;
    readonly CgroupPermissions: string;
}
interface DeviceRequestBody {
    readonly Driver?: string | undefined;
    readonly Count?: number | undefined;
    readonly DeviceIDs?: readonly string[] | undefined;
    readonly Capabilities: readonly (readonly string[])[];
}
interface PortBinding {
    readonly HostIp?: string | undefined;
    readonly HostPort?: string | undefined;
}
interface MountBody {
    readonly Type: "bind" | "volume" | "tmpfs";
    readonly Source?: string | undefined;
    readonly Target: string;
    readonly ReadOnly?: boolean | undefined;
    readonly VolumeOptions?: {
        readonly NoCopy?: boolean;
        readonly Labels?: Readonly<Record<string, string>>;
    } | undefined;
    readonly TmpfsOptions?: {
        readonly SizeBytes?: number;
        readonly Mode?: number;
    } | undefined;
}
interface EndpointBody {
    readonly Aliases?: readonly string[] | undefined;
    readonly IPAMConfig?: {
        readonly IPv4Address?: string;
        readonly IPv6Address?: string;
    } | undefined;
}
type ContainerStatus = "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
interface ContainerInspect {
    readonly Id: string;
    readonly Name: string;
    readonly Created: string;
    readonly Image: string;
    readonly RestartCount: number;
    readonly Platform?: string;
    readonly State: ContainerState;
    readonly Config: {
        readonly Image: string;
        readonly Hostname?: string;
        readonly Env: readonly string[] | null;
        readonly Cmd: readonly string[] | null;
        readonly Entrypoint: readonly string[] | null;
        readonly Labels: Readonly<Record<string, string>> | null;
        readonly Tty: boolean;
        readonly OpenStdin?: boolean;
        readonly StopSignal?: string;
        readonly StopTimeout?: number;
    };
    readonly HostConfig: {
        readonly NetworkMode: string;
        readonly AutoRemove?: boolean;
        readonly RestartPolicy?: RestartPolicyBody;
        readonly Memory?: number;
        readonly NanoCpus?: number;
    };
    readonly NetworkSettings: {
        readonly Ports: Readonly<Record<string, readonly PortBinding[] | null>> | null;
        readonly Networks: Readonly<Record<string, EndpointSettings>> | null;
        readonly IPAddress?: string;
    };
    readonly Mounts?: readonly {
        readonly Type: string;
        readonly Name?: string;
        readonly Source: string;
        readonly Destination: string;
        readonly RW: boolean;
    }[];
}
interface ContainerState {
    readonly Status: ContainerStatus;
    readonly Running: boolean;
    readonly Paused: boolean;
    readonly Restarting: boolean;
    readonly OOMKilled: boolean;
    readonly Dead: boolean;
    readonly Pid: number;
    readonly ExitCode: number;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: HealthState | null;
}
interface HealthState {
    readonly Status: "none" | "starting" | "healthy" | "unhealthy";
    readonly FailingStreak: number;
    readonly Log: readonly HealthResult[] | null;
}
interface HealthResult {
    readonly Start: string;
    readonly End: string;
    readonly ExitCode: number;
    readonly Output: string;
}
interface EndpointSettings {
    readonly NetworkID: string;
    readonly IPAddress: string;
    readonly Gateway?: string;
    readonly GlobalIPv6Address?: string;
    readonly Aliases?: readonly string[] | null;
}
interface ContainerSummary {
    readonly Id: string;
    readonly Names: readonly string[];
    readonly Image: string;
    readonly ImageID: string;
    readonly Created: number;
    readonly State: ContainerStatus;
    readonly Status: string;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly Ports: readonly {
        readonly IP?: string;
        readonly PrivatePort: number;
        readonly PublicPort?: number;
        readonly Type: string;
    }[];
    readonly HostConfig?: {
        readonly NetworkMode?: string;
    };
    readonly NetworkSettings?: {
        readonly Networks: Readonly<Record<string, EndpointSettings>> | null;
    };
}
interface ContainerStats {
    readonly read: string;
    readonly cpu_stats: CpuStats;
    readonly precpu_stats?: CpuStats;
    readonly memory_stats: {
        readonly usage?: number;
        readonly max_usage?: number;
        readonly limit?: number;
        readonly stats?: Readonly<Record<string, number>>;
    };
    readonly networks?: Readonly<Record<string, {
        readonly rx_bytes: number;
        readonly tx_bytes: number;
    }>>;
    readonly pids_stats?: {
        readonly current?: number;
        readonly limit?: number;
    };
    readonly blkio_stats?: {
        readonly io_service_bytes_recursive?: readonly {
            readonly op: string;
            readonly value: number;
        }[] | null;
    };
}
interface CpuStats {
    readonly cpu_usage: {
        readonly total_usage: number;
    };
    readonly system_cpu_usage?: number;
    readonly online_cpus?: number;
}
interface EngineStream<Item> extends AsyncIterableIterator<Item, undefined>, AsyncDisposable {
    close(): void;
}
interface HijackedSession extends AsyncDisposable {
    readonly stdin: Writable;
    readonly stdout: Readable;
    readonly stderr: Readable;
    readonly closed: Promise<void>;
    destroy(): void;
}
interface LogEntry {
    readonly stream: "stdout" | "stderr";
    readonly bytes: Uint8Array;
    readonly timestamp?: string;
}
interface LogsOptions extends CallOptions {
    readonly tty?: boolean | undefined;
    readonly stdout?: boolean | undefined;
    readonly stderr?: boolean | undefined;
    readonly follow?: boolean | undefined;
    readonly since?: string | number | undefined;
    readonly until?: string | number | undefined;
    readonly tail?: number | undefined;
    readonly timestamps?: boolean | undefined;
}
interface AttachOptions extends CallOptions {
    readonly tty: boolean;
    readonly stdin?: boolean | undefined;
    readonly stdout?: boolean | undefined;
    readonly stderr?: boolean | undefined;
    readonly logs?: boolean | undefined;
}
interface ContainerStreamCalls {
    logs(id: string, options?: LogsOptions): Promise<EngineStream<LogEntry>>;
    attach(id: string, options: AttachOptions): Promise<HijackedSession>;
}
interface WaitResult {
    readonly exitCode: number;
    readonly error?: string;
}
interface WaitOptions extends CallOptions {
    readonly condition?: "not-running" | "next-exit" | "removed" | undefined;
    readonly onWaiting?: (() => void) | undefined;
}
interface ContainerCalls extends ContainerStreamCalls, ContainerArchiveCalls {
    create(body: ContainerCreateBody, options?: CallOptions & {
        readonly name?: string | undefined;
        readonly platform?: string | undefined;
    }): Promise<{
        readonly Id: string;
        readonly Warnings: readonly string[] | null;
    }>;
    start(id: string, options?: CallOptions): Promise<boolean>;
    inspect(id: string, options?: CallOptions): Promise<ContainerInspect | null>;
    list(options?: CallOptions & {
        readonly all?: boolean | undefined;
        readonly filters?: EngineFilters | undefined;
    }): Promise<readonly ContainerSummary[]>;
    stop(id: string, options?: CallOptions & {
        readonly timeout?: number | undefined;
        readonly stopSignal?: string | undefined;
    }): Promise<boolean>;
    kill(id: string, signalName?: string, options?: CallOptions): Promise<void>;
    restart(id: string, options?: CallOptions & {
        readonly timeout?: number | undefined;
    }): Promise<void>;
    wait(id: string, options?: WaitOptions): Promise<WaitResult>;
    remove(id: string, options?: CallOptions & {
        readonly force?: boolean | undefined;
        readonly volumes?: boolean | undefined;
    }): Promise<boolean>;
    rename(id: string, name: string, options?: CallOptions): Promise<void>;
    update(id: string, body: ResourcesBody, options?: CallOptions): Promise<void>;
    resize(id: string, size: {
        readonly rows: number;
        readonly columns: number;
    }, options?: CallOptions): Promise<void>;
    stats(id: string, options?: CallOptions): Promise<ContainerStats>;
    connect(id: string, network: string, body?: EndpointBody, options?: CallOptions): Promise<void>;
}
interface RegistryAuth {
    readonly serveraddress?: string;
    readonly username?: string;
    readonly password?: string;
    readonly identitytoken?: string;
    readonly registrytoken?: string;
}
interface ExecCreateBody {
    readonly Cmd: readonly string[];
    readonly AttachStdin?: boolean | undefined;
    readonly AttachStdout?: boolean | undefined;
    readonly AttachStderr?: boolean | undefined;
    readonly Tty?: boolean | undefined;
    readonly Env?: readonly string[] | undefined;
    readonly WorkingDir?: string | undefined;
    readonly User?: string | undefined;
    readonly Privileged?: boolean | undefined;
}
interface ExecInspect {
    readonly ID: string;
    readonly Running: boolean;
    readonly ExitCode: number | null;
    readonly Pid: number;
    readonly ContainerID: string;
}
interface ExecCalls {
    create(containerId: string, body: ExecCreateBody, options?: CallOptions): Promise<string>;
    start(execId: string, options: CallOptions & {
        readonly tty: boolean;
    }): Promise<HijackedSession>;
    startDetached(execId: string, options?: CallOptions): Promise<void>;
    inspect(execId: string, options?: CallOptions): Promise<ExecInspect | null>;
    exitCode(execId: string, options?: CallOptions): Promise<number>;
    resize(execId: string, size: {
        readonly rows: number;
        readonly columns: number;
    }, options?: CallOptions): Promise<void>;
}
interface EngineSurroundings {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly platform: NodeJS.Platform;
    readonly home: string;
    readText(path: string): Promise<string | null>;
    tryConnect(path: string): Promise<string | null>;
}
declare function processSurroundings(): Promise<EngineSurroundings>;
interface FindEngineOptions {
    readonly host?: string | undefined;
    readonly context?: string | undefined;
    readonly allowInsecure?: boolean | undefined;
    readonly surroundings?: EngineSurroundings | undefined;
}
declare function findEngine(options?: FindEngineOptions): Promise<EngineEndpoint>;
interface ImageInspect {
    readonly Id: string;
    readonly RepoTags: readonly string[] | null;
    readonly RepoDigests: readonly string[] | null;
    readonly Created?: string;
    readonly Size: number;
    readonly Os: string;
    readonly Architecture: string;
    readonly Variant?: string;
    readonly Config: ImageConfig | null;
}
interface ImageConfig {
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Env?: readonly string[] | null;
    readonly ExposedPorts?: Readonly<Record<string, object>> | null;
    readonly Volumes?: Readonly<Record<string, object>> | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly WorkingDir?: string;
    readonly User?: string;
    readonly StopSignal?: string;
    readonly Healthcheck?: {
        readonly Test?: readonly string[] | null;
    };
}
interface ImageSummary {
    readonly Id: string;
    readonly RepoTags: readonly string[] | null;
    readonly RepoDigests: readonly string[] | null;
    readonly Created: number;
    readonly Size: number;
    readonly Labels: Readonly<Record<string, string>> | null;
}
interface DistributionInspect {
    readonly Descriptor: {
        readonly mediaType: string;
        readonly digest: string;
        readonly size: number;
    };
    readonly Platforms: readonly {
        readonly os: string;
        readonly architecture: string;
        readonly variant?: string;
    }[] | null;
}
interface ImageProgress {
    readonly status: string;
    readonly id?: string;
    readonly current?: number;
    readonly total?: number;
}
interface PullOptions extends CallOptions {
    readonly platform?: string | undefined;
    readonly auth?: RegistryAuth | null | undefined;
}
interface ImportOptions extends CallOptions {
    readonly reference: string;
    readonly changes?: readonly string[] | undefined;
    readonly platform?: string | undefined;
}
interface ImageCalls {
    inspect(reference: string, options?: CallOptions): Promise<ImageInspect | null>;
    list(options?: CallOptions & {
        readonly filters?: EngineFilters | undefined;
    }): Promise<readonly ImageSummary[]>;
    pull(reference: string, options?: PullOptions): Promise<EngineStream<ImageProgress>>;
    import(tar: EngineBody, options: ImportOptions): Promise<string>;
    load(archive: EngineBody, options?: CallOptions): Promise<void>;
    tag(image: string, reference: string, options?: CallOptions): Promise<void>;
    remove(reference: string, options?: CallOptions & {
        readonly force?: boolean | undefined;
    }): Promise<void>;
    distribution(reference: string, options?: CallOptions & {
        readonly auth?: RegistryAuth | null | undefined;
    }): Promise<DistributionInspect | null>;
}
interface Network {
    readonly Id: string;
    readonly Name: string;
    readonly Driver: string;
    readonly Scope: string;
    readonly Internal: boolean;
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly IPAM?: {
        readonly Config: readonly {
            readonly Subnet?: string;
            readonly Gateway?: string;
        }[] | null;
    };
}
interface NetworkCreateBody {
    readonly Name: string;
    readonly Driver?: string | undefined;
    readonly Internal?: boolean | undefined;
    readonly CheckDuplicate?: boolean | undefined;
    readonly Labels?: Readonly<Record<string, string>> | undefined;
    readonly Options?: Readonly<Record<string, string>> | undefined;
}
interface NetworkCalls {
    create(body: NetworkCreateBody, options?: CallOptions): Promise<string>;
    inspect(id: string, options?: CallOptions): Promise<Network | null>;
    list(options?: CallOptions & {
        readonly filters?: EngineFilters | undefined;
    }): Promise<readonly Network[]>;
    remove(id: string, options?: CallOptions): Promise<boolean>;
}
interface EngineEvent {
    readonly type: string;
    readonly action: string;
    readonly id: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly timeMicros: number;
    readonly timeNano: string;
}
interface EngineVersion {
    readonly Version: string;
    readonly ApiVersion: string;
    readonly MinAPIVersion?: string;
    readonly Os: string;
    readonly Arch: string;
    readonly KernelVersion?: string;
    readonly Components?: readonly {
        readonly Name: string;
        readonly Version: string;
    }[];
}
interface EngineInfo {
    readonly ID: string;
    readonly Name: string;
    readonly ServerVersion: string;
    readonly OperatingSystem: string;
    readonly OSType: string;
    readonly Architecture: string;
    readonly NCPU: number;
    readonly MemTotal: number;
    readonly CgroupVersion?: string;
    readonly CgroupDriver?: string;
    readonly DefaultRuntime?: string;
    readonly Runtimes?: Readonly<Record<string, unknown>>;
    readonly SecurityOptions?: readonly string[];
}
interface EventsOptions extends CallOptions {
    readonly since?: string | number | undefined;
    readonly until?: string | number | undefined;
    readonly filters?: EngineFilters | undefined;
}
interface SystemCalls {
    ping(options?: CallOptions): Promise<void>;
    version(options?: CallOptions): Promise<EngineVersion>;
    info(options?: CallOptions): Promise<EngineInfo>;
    events(options?: EventsOptions): Promise<EngineStream<EngineEvent>>;
}
interface Volume {
    readonly Name: string;
    readonly Driver: string;
    readonly Mountpoint: string;
    readonly CreatedAt?: string;
    readonly Labels: Readonly<Record<string, string>> | null;
}
interface VolumeCreateBody {
    readonly Name?: string | undefined;
    readonly Driver?: string | undefined;
    readonly DriverOpts?: Readonly<Record<string, string>> | undefined;
    readonly Labels?: Readonly<Record<string, string>> | undefined;
}
interface VolumeCalls {
    create(body?: VolumeCreateBody, options?: CallOptions): Promise<Volume>;
    inspect(name: string, options?: CallOptions): Promise<Volume | null>;
    list(options?: CallOptions & {
        readonly filters?: EngineFilters | undefined;
    }): Promise<readonly Volume[]>;
    remove(name: string, options?: CallOptions & {
        readonly force?: boolean | undefined;
    }): Promise<boolean>;
}
interface EngineClientOptions extends FindEngineOptions {
    readonly endpoint?: EngineEndpoint | undefined;
    readonly apiVersion?: string | undefined;
    readonly onAnswer?: ((answer: EngineAnswer) => void) | undefined;
}
interface EngineClient extends SystemCalls, Disposable {
    readonly images: ImageCalls;
    readonly containers: ContainerCalls;
    readonly exec: ExecCalls;
    readonly volumes: VolumeCalls;
    readonly networks: NetworkCalls;
    readonly transport: EngineTransport;
    endpoint(): Promise<EngineEndpoint>;
    apiVersion(signal?: AbortSignal): Promise<string | null>;
    close(): void;
}
declare function createEngineClient(options?: EngineClientOptions): EngineClient;
export { createEngineClient as af, findEngine as ag, isLoopback as ah, processSurroundings as ai };
export type { NetworkCalls as $, AttachOptions as A, EngineTransport as B, CallOptions as C, DeviceBody as D, EngineClient as E, EngineVersion as F, EventsOptions as G, ExecCalls as H, ExecCreateBody as I, ExecInspect as J, FindEngineOptions as K, HealthResult as L, HealthState as M, HealthcheckBody as N, HijackedSession as O, HostConfigBody as P, ImageCalls as Q, RegistryAuth as R, ImageConfig as S, ImageInspect as T, ImageProgress as U, ImageSummary as V, ImportOptions as W, LogEntry as X, LogsOptions as Y, MountBody as Z, Network as _, EngineSurroundings as a, NetworkCreateBody as a0, PathStat as a1, PortBinding as a2, PullOptions as a3, ResourcesBody as a4, RestartPolicyBody as a5, SocketEndpoint as a6, SystemCalls as a7, TcpEndpoint as a8, UpgradedAnswer as a9, Volume as aa, VolumeCalls as ab, VolumeCreateBody as ac, WaitOptions as ad, WaitResult as ae, ContainerArchiveCalls as b, ContainerCalls as c, ContainerCreateBody as d, ContainerInspect as e, ContainerState as f, ContainerStats as g, ContainerStatus as h, ContainerStreamCalls as i, ContainerSummary as j, CpuStats as k, DeviceRequestBody as l, DistributionInspect as m, EndpointBody as n, EndpointSettings as o, EngineAnswer as p, EngineBody as q, EngineClientOptions as r, EngineEndpoint as s, EngineEvent as t, EngineFilters as u, EngineInfo as v, EngineQuery as w, EngineRequest as x, EngineStream as y, EngineTls as z };

// engine/index.d.ts
import { C as CallOptions, E as EngineClient, a as EngineSurroundings, R as RegistryAuth } from "../engine-client.js";
export { A as AttachOptions, b as ContainerArchiveCalls, c as ContainerCalls, d as ContainerCreateBody, e as ContainerInspect, f as ContainerState, g as ContainerStats, h as ContainerStatus, i as ContainerStreamCalls, j as ContainerSummary, k as CpuStats, D as DeviceBody, l as DeviceRequestBody, m as DistributionInspect, n as EndpointBody, o as EndpointSettings, p as EngineAnswer, q as EngineBody, r as EngineClientOptions, s as EngineEndpoint, t as EngineEvent, u as EngineFilters, v as EngineInfo, w as EngineQuery, x as EngineRequest, y as EngineStream, z as EngineTls, B as EngineTransport, F as EngineVersion, G as EventsOptions, H as ExecCalls, I as ExecCreateBody, J as ExecInspect, K as FindEngineOptions, L as HealthResult, M as HealthState, N as HealthcheckBody, O as HijackedSession, P as HostConfigBody, Q as ImageCalls, S as ImageConfig, T as ImageInspect, U as ImageProgress, V as ImageSummary, W as ImportOptions, X as LogEntry, Y as LogsOptions, Z as MountBody, _ as Network, $ as NetworkCalls, a0 as NetworkCreateBody, a1 as PathStat, a2 as PortBinding, a3 as PullOptions, a4 as ResourcesBody, a5 as RestartPolicyBody, a6 as SocketEndpoint, a7 as SystemCalls, a8 as TcpEndpoint, a9 as UpgradedAnswer, aa as Volume, ab as VolumeCalls, ac as VolumeCreateBody, ad as WaitOptions, ae as WaitResult, af as createEngineClient, ag as findEngine, ah as isLoopback, ai as processSurroundings } from "../engine-client.js";
import "node:stream";
import "node:http";
type RunHelper = (program: string, server: string, signal?: AbortSignal) => Promise<HelperResult>;
interface HelperResult {
    readonly exitCode: number | null;
    readonly stdout: string;
}
declare const marker$1: unique symbol;
type EngineConfigurationProblem = "not-found" | "insecure" | "unsupported" | "invalid";
interface PlaceLookedAt {
    readonly place: string;
    readonly outcome: string;
}
declare class EngineConfigurationError extends Error {
    readonly name = "EngineConfigurationError";
    readonly [marker$1] = true;
    readonly problem: EngineConfigurationProblem;
    readonly places: readonly PlaceLookedAt[];
    constructor(problem: EngineConfigurationProblem, message: string, places?: readonly PlaceLookedAt[]);
    static isInstance(value: unknown): value is EngineConfigurationError;
}
declare const marker: unique symbol;
interface EngineErrorDetails {
    readonly method: string;
    readonly path: string;
    readonly status?: number | undefined;
    readonly code?: string | undefined;
    readonly sent: boolean;
    readonly cause?: unknown;
}
declare class EngineError extends Error implements EngineErrorDetails {
    readonly name = "EngineError";
    readonly [marker] = true;
    readonly method: string;
    readonly path: string;
    readonly status: number | undefined;
    readonly code: string | undefined;
    readonly sent: boolean;
    constructor(message: string, details: EngineErrorDetails);
    static isInstance(value: unknown): value is EngineError;
}
interface ImageReference {
    readonly registry: string;
    readonly repository: string;
    readonly tag?: string;
    readonly digest?: string;
    readonly name: string;
    readonly canonical: string;
}
declare function parseImageReference(text: string): ImageReference;
declare const pauseImage = "berth/pause:1";
interface EnsurePauseImageOptions extends CallOptions {
    readonly again?: boolean | undefined;
}
declare function ensurePauseImage(engine: EngineClient, { again, signal }?: EnsurePauseImageOptions): Promise<string>;
interface RegistryCredentialsOptions extends CallOptions {
    readonly surroundings?: EngineSurroundings | undefined;
    readonly runHelper?: RunHelper | undefined;
}
declare function findRegistryCredentials(registry: string, options?: RegistryCredentialsOptions): Promise<RegistryAuth | null>;
export { CallOptions, EngineClient, EngineConfigurationError, EngineError, EngineSurroundings, RegistryAuth, ensurePauseImage, findRegistryCredentials, parseImageReference, pauseImage };
export type { EngineConfigurationProblem, EngineErrorDetails, EnsurePauseImageOptions, HelperResult, ImageReference, PlaceLookedAt, RegistryCredentialsOptions, RunHelper };

// index.d.ts
import { EngineClient } from "./engine/index.js";
import * as _berth_core from "@berth/core";
import "node:stream";
import "node:http";
interface DockerNativeOptions {
    readonly network?: string | undefined;
    readonly runtime?: string | undefined;
    readonly capAdd?: readonly string[] | undefined;
    readonly capDrop?: readonly string[] | undefined;
    readonly privileged?: boolean | undefined;
    readonly devices?: readonly string[] | undefined;
    readonly extraHosts?: readonly string[] | undefined;
    readonly dns?: readonly string[] | undefined;
    readonly shmSize?: number | undefined;
    readonly ulimits?: Readonly<Record<string, {
        readonly soft: number;
        readonly hard: number;
    }>> | undefined;
    readonly readonlyRootfs?: boolean | undefined;
    readonly init?: boolean | undefined;
    readonly tmpfs?: Readonly<Record<string, string>> | undefined;
    readonly securityOpt?: readonly string[] | undefined;
    readonly logDriver?: {
        readonly type: string;
        readonly options?: Readonly<Record<string, string>>;
    } | undefined;
}
declare const dockerCapabilities: {
    readonly name: "docker";
    readonly architecture: readonly [
        "amd64",
        "arm64"
    ];
    readonly restart: readonly [
        "never",
        "on-failure",
        "always"
    ];
    readonly expose: readonly [
        "local",
        "private",
        "public"
    ];
    readonly volumes: readonly [
        "empty",
        "named",
        "host"
    ];
    readonly files: {
        readonly secret: true;
        readonly maxBytes: number;
    };
    readonly sidecars: true;
    readonly initContainers: true;
    readonly health: true;
    readonly user: true;
    readonly publish: true;
    readonly registry: true;
    readonly logs: {
        readonly follow: "native";
        readonly streams: "separate";
        readonly bytes: "text";
        readonly times: true;
        readonly previous: false;
    };
    readonly exec: {
        readonly exitCode: "native";
        readonly stderr: "separate";
        readonly stdin: true;
        readonly tty: true;
    };
    readonly attach: {
        readonly stderr: "separate";
        readonly stdin: false;
        readonly tty: false;
    };
    readonly portForward: true;
    readonly copy: true;
    readonly restartRun: true;
    readonly metrics: true;
    readonly ports: "mapped";
    readonly maxLifetime: "sweep";
    readonly exitCode: "native";
    readonly groupNetwork: "localhost";
};
type DockerCapabilities = typeof dockerCapabilities & {
    readonly native?: DockerNativeOptions;
};
interface DockerOptions {
    readonly host?: string | undefined;
    readonly context?: string | undefined;
    readonly allowInsecure?: boolean | undefined;
    readonly platform?: string | undefined;
    readonly engine?: EngineClient | undefined;
}
declare const docker: (options?: (DockerOptions & _berth_core.ProviderOptions) | undefined) => _berth_core.Provider<DockerCapabilities>;
export { docker, dockerCapabilities };
export type { DockerCapabilities, DockerNativeOptions, DockerOptions };
