// index.d.ts
import { ContainerSpec, Capabilities, VolumeKind, FilesGrade, LogsGrade, ExecGrade, Provider, ContainerRun, BaseRun, Duration, AnyProvider, RunOptions, BerthErrorCode, BerthError } from "@berth/core";
interface FullCapabilities extends Capabilities {
    readonly volumes: readonly VolumeKind[];
    readonly files: FilesGrade;
    readonly sidecars: true;
    readonly initContainers: true;
    readonly health: true;
    readonly user: true;
    readonly publish: true;
    readonly registry: true;
    readonly gpu: true;
    readonly spot: true;
    readonly regions: true;
    readonly secretRef: true;
    readonly logs: LogsGrade;
    readonly exec: ExecGrade & {
        readonly stdin: true;
        readonly tty: true;
    };
    readonly attach: NonNullable<Capabilities["attach"]>;
    readonly portForward: true;
    readonly copy: true;
    readonly restartRun: true;
    readonly metrics: true;
}
type FullProvider = Provider<FullCapabilities>;
type FullRun = ContainerRun<FullCapabilities>;
type FullSpec = ContainerSpec<FullCapabilities>;
interface ProviderOverrides {
    readonly name?: string | undefined;
    readonly lease?: Duration | undefined;
}
type CreateProvider = (overrides?: ProviderOverrides) => AnyProvider;
type Workload = Pick<FullSpec, "image" | "command" | "args" | "env" | "ports" | "options" | "cpu" | "memory">;
interface HttpServerOptions {
    readonly port: number;
    readonly bootDelayInMs?: number | undefined;
    readonly body?: string | undefined;
}
interface Workloads {
    httpServer(options: HttpServerOptions): Workload;
    shell(script: string): Workload;
    sleep(): Workload;
    readonly missingImage: string;
    readonly unreachableImage?: string | undefined;
    fetch(port: number): string;
    udpEcho?(port: number): Workload;
}
interface ForeignObject {
    exists(): Promise<boolean>;
    remove(): Promise<void>;
}
interface OtherProcess {
    readonly module: string;
    readonly execArgv?: readonly string[] | undefined;
}
interface ConformanceWorld {
    readonly workloads: Workloads;
    inspect(): Promise<readonly string[]>;
    readonly exclusive?: boolean | undefined;
    createForeign?(): Promise<ForeignObject>;
    readonly otherProcess?: OtherProcess | undefined;
    truth?(run: BaseRun): Promise<number>;
    readonly concurrency?: number | undefined;
    readonly leaseFloorInMs?: number | undefined;
}
declare class Witness {
    #private;
    watchFor(canary: string): void;
    see(where: string, value: unknown): void;
    sightings(): string[];
}
interface SceneOptions {
    readonly slug: string;
    readonly provider: FullProvider;
    readonly createProvider: CreateProvider;
    readonly world: ConformanceWorld;
    readonly witness: Witness;
}
declare class Scene {
    #private;
    readonly slug: string;
    readonly provider: FullProvider;
    readonly world: ConformanceWorld;
    readonly witness: Witness;
    constructor({ slug, provider, createProvider, world, witness }: SceneOptions);
    get capabilities(): Capabilities;
    get workloads(): Workloads;
    another(overrides?: ProviderOverrides): FullProvider;
    spec(workload: Workload, more?: Partial<FullSpec>): FullSpec;
    run(workload: Workload, more?: Partial<FullSpec>, options?: RunOptions): Promise<FullRun>;
    start(provider: FullProvider, spec: FullSpec, options?: RunOptions): Promise<FullRun>;
    adopt(run: FullRun): FullRun;
    errorOf(call: Promise<unknown>, what: string, ...codes: readonly BerthErrorCode[]): Promise<BerthError>;
    left(run?: FullRun): Promise<string[]>;
    assertNothingLeft(when: string, run?: FullRun): Promise<void>;
    end(): Promise<void>;
}
interface ContractTest {
    readonly name: string;
    readonly timeoutInMs: number;
    readonly body: (scene: Scene) => Promise<void>;
}
interface Chapter {
    readonly title: string;
    readonly concurrent: boolean;
    readonly tests: readonly ContractTest[];
}
interface Setting {
    readonly capabilities: Capabilities;
    readonly world: ConformanceWorld;
}
type WriteChapter = (setting: Setting) => Chapter;
declare const CHAPTERS: {
    readonly check: WriteChapter;
    readonly lifecycle: WriteChapter;
    readonly disposal: WriteChapter;
    readonly readiness: WriteChapter;
    readonly readinessFailures: WriteChapter;
    readonly logs: WriteChapter;
    readonly logQueries: WriteChapter;
    readonly exec: WriteChapter;
    readonly sessions: WriteChapter;
    readonly copying: WriteChapter;
    readonly environment: WriteChapter;
    readonly secrets: WriteChapter;
    readonly files: WriteChapter;
    readonly volumes: WriteChapter;
    readonly groups: WriteChapter;
    readonly ports: WriteChapter;
    readonly endings: WriteChapter;
    readonly restarts: WriteChapter;
    readonly idempotency: WriteChapter;
    readonly finding: WriteChapter;
    readonly names: WriteChapter;
    readonly errors: WriteChapter;
    readonly refusals: WriteChapter;
    readonly cancellation: WriteChapter;
    readonly timeline: WriteChapter;
    readonly cost: WriteChapter;
    readonly metrics: WriteChapter;
    readonly leases: WriteChapter;
    readonly crowd: WriteChapter;
};
type ChapterName = keyof typeof CHAPTERS;
interface DeclarationOptions {
    readonly timeout?: number;
    readonly concurrent?: boolean;
    readonly concurrency?: number;
}
type DeclareSuite = (name: string, options: DeclarationOptions, body: () => void) => unknown;
type DeclareTest = (name: string, options: DeclarationOptions, body: () => Promise<void>) => unknown;
interface VitestLike {
    readonly describe: DeclareSuite;
    readonly it: DeclareTest;
    beforeAll(body: () => Promise<void>, timeoutInMs: number): unknown;
    afterAll(body: () => Promise<void>, timeoutInMs: number): unknown;
}
interface NodeTestLike {
    readonly describe: DeclareSuite;
    readonly it: DeclareTest;
    before(body: () => Promise<void>, options: {
        readonly timeout: number;
    }): unknown;
    after(body: () => Promise<void>, options: {
        readonly timeout: number;
    }): unknown;
}
type TestRunner = VitestLike | NodeTestLike | (Omit<VitestLike, "it"> & {
    readonly test: DeclareTest;
}) | (Omit<NodeTestLike, "it"> & {
    readonly test: DeclareTest;
});
interface ConformanceOptions {
    readonly chapters?: readonly ChapterName[] | undefined;
}
declare function runConformance(runner: TestRunner, createProvider: CreateProvider, world: ConformanceWorld, { chapters }?: ConformanceOptions): void;
interface TestResult {
    readonly path: readonly string[];
    readonly name: string;
    readonly status: "passed" | "failed";
    readonly error?: unknown;
    readonly durationInMs: number;
}
interface CollectingRunner extends VitestLike {
    run(): Promise<readonly TestResult[]>;
}
interface CollectingRunnerOptions {
    readonly concurrency?: number;
    readonly only?: (name: string) => boolean;
}
declare function collectingRunner({ concurrency, only, }?: CollectingRunnerOptions): CollectingRunner;
export { collectingRunner, runConformance };
export type { ChapterName, CollectingRunner, CollectingRunnerOptions, ConformanceOptions, ConformanceWorld, CreateProvider, DeclarationOptions, DeclareSuite, DeclareTest, ForeignObject, FullCapabilities, FullSpec, HttpServerOptions, NodeTestLike, OtherProcess, ProviderOverrides, TestResult, TestRunner, VitestLike, Workload, Workloads };

// owner-program.d.ts
export {};
