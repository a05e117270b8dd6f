// index.d.ts
import { AnyProvider, ErrorEvidence, TimelineJson, Cost } from "@berth/core";
type BerthConfig = Readonly<Record<string, AnyProvider>>;
interface StartError {
    readonly code: string;
    readonly message: string;
    readonly retryable: boolean;
    readonly operation?: string | undefined;
    readonly requestId?: string | undefined;
    readonly evidence: Pick<ErrorEvidence, "probe" | "exitCode" | "signal" | "left"> & {
        readonly events: readonly string[];
        readonly logs: readonly string[];
    };
}
interface StartRecord {
    readonly provider: string;
    readonly adapter: string;
    readonly emulated: boolean;
    readonly image: string;
    readonly id: string | null;
    readonly status: "ready" | "failed";
    readonly error?: StartError | undefined;
    readonly timeline: TimelineJson | null;
    readonly cost: Cost | null;
    readonly requestedAt: string;
    readonly place?: string | undefined;
    readonly url?: string | undefined;
    readonly probe: string;
    readonly notes: readonly string[];
}
interface ReportClient {
    readonly berth: string;
    readonly node: string;
    readonly platform: string;
    readonly architecture: string;
    readonly cpus: number;
}
interface StartReport {
    readonly schema: "berth-report/1";
    readonly createdAt: string;
    readonly client: ReportClient;
    readonly starts: readonly StartRecord[];
}
export type { BerthConfig, StartError, StartRecord, StartReport };
