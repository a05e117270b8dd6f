// index.d.ts
import * as _berth_core from "@berth/core";
interface ProcessOptions {
    readonly directory?: string | undefined;
}
declare const processCapabilities: {
    readonly name: "process";
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
        "local"
    ];
    readonly volumes: readonly [
        "empty"
    ];
    readonly files: {
        readonly secret: true;
        readonly maxBytes: number;
    };
    readonly sidecars: true;
    readonly initContainers: true;
    readonly publish: true;
    readonly logs: {
        readonly follow: "native";
        readonly streams: "separate";
        readonly bytes: "exact";
        readonly times: true;
        readonly previous: true;
    };
    readonly exec: {
        readonly exitCode: "native";
        readonly stderr: "separate";
        readonly stdin: true;
        readonly tty: false;
    };
    readonly portForward: true;
    readonly copy: true;
    readonly restartRun: true;
    readonly ports: "mapped";
    readonly maxLifetime: "native";
    readonly exitCode: "native";
    readonly groupNetwork: "mapped";
};
type Data = typeof processCapabilities;
interface ProcessCapabilities extends Data {
}
declare const embedded: (options?: (ProcessOptions & _berth_core.ProviderOptions) | undefined) => _berth_core.Provider<ProcessCapabilities>;
export { embedded, processCapabilities };
export type { ProcessCapabilities, ProcessOptions };

// runner/index.d.ts
import { Writable, Readable } from "node:stream";
type ScriptName = "supervisor" | "programs/hello" | "programs/job";
interface CatalogueImage {
    readonly name: string;
    readonly description: string;
    readonly defaultPort: number | null;
    readonly entry: {
        readonly script: ScriptName;
    } | {
        readonly program: string;
    };
}
declare const catalogue: readonly CatalogueImage[];
declare function findImage(name: string): CatalogueImage;
declare function nowInUs(): number;
type RestartPolicy = "never" | "on-failure" | "always";
interface FileSpec {
    readonly path: string;
    readonly content: string | Uint8Array;
    readonly mode?: number | undefined;
}
interface MountSpec {
    readonly volume: string;
    readonly path: string;
}
interface PortSpec {
    readonly containerPort: number;
    readonly hostPort?: number | undefined;
}
interface GroupContainerSpec {
    readonly name: string;
    readonly image: string;
    readonly command?: readonly string[] | undefined;
    readonly args?: readonly string[] | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
    readonly workingDirectory?: string | undefined;
    readonly files?: readonly FileSpec[] | undefined;
    readonly mounts?: readonly MountSpec[] | undefined;
    readonly ports?: readonly PortSpec[] | undefined;
    readonly sidecar?: boolean | undefined;
    readonly restartPolicy?: RestartPolicy | undefined;
    readonly restartLimit?: number | undefined;
}
interface GroupSpec {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly initContainers?: readonly GroupContainerSpec[] | undefined;
    readonly containers: readonly GroupContainerSpec[];
    readonly volumes?: readonly string[] | undefined;
    readonly restartPolicy?: RestartPolicy | undefined;
    readonly address?: string | undefined;
    readonly maxLifetimeInMs?: number | undefined;
}
interface ContainerRecord {
    readonly name: string;
    readonly image: string;
    readonly command: readonly string[] | null;
    readonly args: readonly string[];
    readonly workingDirectory: string;
    readonly ports: readonly {
        readonly containerPort: number;
        readonly hostPort: number | null;
    }[];
    readonly sidecar: boolean;
    readonly restartPolicy: RestartPolicy;
    readonly restartLimit: number | null;
}
interface MappedPort {
    readonly container: string;
    readonly containerPort: number;
    readonly hostPort: number;
}
interface Termination {
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly startedAtInUs: number | null;
    readonly finishedAtInUs: number | null;
    readonly reason: string;
    readonly message: string | null;
}
interface ContainerState {
    readonly name: string;
    readonly state: "waiting" | "running" | "terminated";
    readonly waitingFor: string | null;
    readonly pid: number | null;
    readonly startedAtInUs: number | null;
    readonly termination: Termination | null;
    readonly restartCount: number;
    readonly lastTermination: Termination | null;
}
interface GroupEvent {
    readonly timeInUs: number;
    readonly container: string | null;
    readonly type: "created" | "supervised" | "starting" | "started" | "start-failed" | "exited" | "restarting" | "stopping" | "killing" | "log-lost" | "ended";
    readonly message: string | null;
}
interface GroupSnapshot {
    readonly name: string;
    readonly uid: string;
    readonly createdAtInUs: number;
    readonly revision: number;
    readonly labels: Readonly<Record<string, string>>;
    readonly phase: "pending" | "running" | "ended" | "lost";
    readonly failure: string | null;
    readonly address: string;
    readonly ports: readonly MappedPort[];
    readonly initContainers: readonly ContainerSnapshot[];
    readonly containers: readonly ContainerSnapshot[];
    readonly events: readonly GroupEvent[];
}
interface ContainerSnapshot extends ContainerState {
    readonly image: string;
    readonly command: ContainerRecord["command"];
    readonly args: ContainerRecord["args"];
    readonly sidecar: boolean;
    readonly root: string;
}
declare function defaultStateDirectory(): string;
interface ExecuteOptions {
    readonly container: string;
    readonly command: readonly string[];
    readonly env?: Readonly<Record<string, string>> | undefined;
    readonly workingDirectory?: string | undefined;
    readonly signal?: AbortSignal | undefined;
}
interface ExecutionResult {
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly failure: string | null;
}
interface Execution {
    readonly stdin: Writable;
    readonly stdout: Readable;
    readonly stderr: Readable;
    readonly exited: Promise<ExecutionResult>;
    kill(signalName: NodeJS.Signals): void;
}
interface LogRecord {
    readonly container: string;
    readonly stream: "stdout" | "stderr";
    readonly timeInUs: number;
    readonly instance: number;
    readonly bytes: Uint8Array;
}
interface LogOptions {
    readonly container?: string | undefined;
    readonly stream?: "stdout" | "stderr" | undefined;
    readonly sinceInUs?: number | undefined;
    readonly tail?: number | undefined;
    readonly previous?: boolean | undefined;
    readonly follow?: boolean | undefined;
    readonly signal?: AbortSignal | undefined;
}
interface RemoveOptions {
    readonly uid?: string | undefined;
    readonly graceInMs?: number | undefined;
    readonly signal?: AbortSignal | undefined;
}
type RunnerErrorCode = "conflict" | "not-found" | "unknown-image" | "start-failed" | "not-running" | "unavailable";
declare const marker: unique symbol;
declare class RunnerError extends Error {
    readonly name = "RunnerError";
    readonly code: RunnerErrorCode;
    readonly [marker] = true;
    constructor(code: RunnerErrorCode, message: string, options?: ErrorOptions);
    static isInstance(value: unknown): value is RunnerError;
}
interface StopOptions {
    readonly graceInMs?: number | undefined;
    readonly stopSignal?: NodeJS.Signals | undefined;
    readonly signal?: AbortSignal | undefined;
}
type GroupChange = {
    readonly type: "resync";
    readonly groups: readonly GroupSnapshot[];
} | {
    readonly type: "changed";
    readonly group: GroupSnapshot;
} | {
    readonly type: "removed";
    readonly name: string;
    readonly uid: string;
};
interface GroupChoice {
    readonly uid?: string | undefined;
}
interface ProcessRunner {
    readonly directory: string;
    create(spec: GroupSpec, options?: {
        readonly signal?: AbortSignal | undefined;
    }): Promise<GroupSnapshot>;
    get(name: string, options?: GroupChoice): Promise<GroupSnapshot | null>;
    list(): Promise<GroupSnapshot[]>;
    watch(options?: {
        readonly signal?: AbortSignal | undefined;
    }): AsyncGenerator<GroupChange>;
    label(name: string, patch: Readonly<Record<string, string | null>>, options?: GroupChoice): Promise<void>;
    stop(name: string, options?: StopOptions & GroupChoice): Promise<GroupSnapshot>;
    kill(name: string, signalName: NodeJS.Signals, options?: GroupChoice & {
        readonly container?: string | undefined;
    }): Promise<void>;
    restart(name: string, options?: GroupChoice & {
        readonly container?: string | undefined;
        readonly graceInMs?: number | undefined;
        readonly signal?: AbortSignal | undefined;
    }): Promise<GroupSnapshot>;
    remove(name: string, options?: RemoveOptions): Promise<boolean>;
    logs(name: string, options?: LogOptions & GroupChoice): AsyncGenerator<LogRecord>;
    execute(name: string, options: ExecuteOptions & GroupChoice): Promise<Execution>;
}
interface ProcessRunnerOptions {
    readonly directory?: string | undefined;
}
declare function processRunner(options?: ProcessRunnerOptions): ProcessRunner;
declare function resolveInRoot(root: string, path: string): string;
export { RunnerError, catalogue, defaultStateDirectory, findImage, nowInUs, processRunner, resolveInRoot };
export type { CatalogueImage, ContainerSnapshot, ContainerState, ExecuteOptions, Execution, ExecutionResult, FileSpec, GroupChange, GroupChoice, GroupContainerSpec, GroupEvent, GroupSnapshot, GroupSpec, LogOptions, LogRecord, MappedPort, MountSpec, PortSpec, ProcessRunner, ProcessRunnerOptions, RemoveOptions, RestartPolicy, RunnerErrorCode, StopOptions, Termination };

// runner/programs/hello.d.ts
export {};

// runner/programs/job.d.ts
export {};

// runner/supervisor.d.ts
export {};
