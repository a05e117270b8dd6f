import type { PortBinding, RestartPolicyBody } from './container-create-body.ts'

/** The engine's word for what a container is doing. */
export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'

/** Fields of a container. Times are RFC 3339 with nanoseconds; `0001-01-01T00:00:00Z` means never. */
export interface ContainerInspect {
  readonly Id: string
  /** With a leading slash. */
  readonly Name: string
  readonly Created: string
  /** Image id. */
  readonly Image: string
  readonly RestartCount: number
  readonly Platform?: string
  readonly State: ContainerState
  readonly Config: {
    readonly Image: string
    readonly Hostname?: string
    readonly Env: readonly string[] | null
    readonly Cmd: readonly string[] | null
    readonly Entrypoint: readonly string[] | null
    readonly Labels: Readonly<Record<string, string>> | null
    readonly Tty: boolean
    readonly OpenStdin?: boolean
    readonly StopSignal?: string
    readonly StopTimeout?: number
  }
  readonly HostConfig: {
    readonly NetworkMode: string
    readonly AutoRemove?: boolean
    readonly RestartPolicy?: RestartPolicyBody
    readonly Memory?: number
    readonly NanoCpus?: number
  }
  readonly NetworkSettings: {
    /** Null where a port is exposed but not published. */
    readonly Ports: Readonly<Record<string, readonly PortBinding[] | null>> | null
    readonly Networks: Readonly<Record<string, EndpointSettings>> | null
    /** Address on the default bridge; gone from newer APIs, where Networks has it. */
    readonly IPAddress?: string
  }
  readonly Mounts?: readonly {
    readonly Type: string
    readonly Name?: string
    readonly Source: string
    readonly Destination: string
    readonly RW: boolean
  }[]
}

/** A container's state. */
export interface ContainerState {
  readonly Status: ContainerStatus
  readonly Running: boolean
  readonly Paused: boolean
  readonly Restarting: boolean
  readonly OOMKilled: boolean
  readonly Dead: boolean
  /** 0 while it does not run. */
  readonly Pid: number
  /** 0 as well while it has never run: see Status. */
  readonly ExitCode: number
  /** Why the engine could not start it; empty otherwise. */
  readonly Error: string
  readonly StartedAt: string
  readonly FinishedAt: string
  readonly Health?: HealthState | null
}

/** What the health check says. */
export interface HealthState {
  readonly Status: 'none' | 'starting' | 'healthy' | 'unhealthy'
  readonly FailingStreak: number
  readonly Log: readonly HealthResult[] | null
}

/** One run of the health check. */
export interface HealthResult {
  readonly Start: string
  readonly End: string
  readonly ExitCode: number
  readonly Output: string
}

/** A container's addresses in one network. */
export interface EndpointSettings {
  readonly NetworkID: string
  readonly IPAddress: string
  readonly Gateway?: string
  readonly GlobalIPv6Address?: string
  readonly Aliases?: readonly string[] | null
}

/** Fields of a container in a list. */
export interface ContainerSummary {
  readonly Id: string
  /** With leading slashes. */
  readonly Names: readonly string[]
  readonly Image: string
  readonly ImageID: string
  /** Unix seconds. */
  readonly Created: number
  readonly State: ContainerStatus
  /** For people: `Up 3 seconds`, `Exited (0) 2 minutes ago`. */
  readonly Status: string
  readonly Labels: Readonly<Record<string, string>> | null
  readonly Ports: readonly {
    readonly IP?: string
    readonly PrivatePort: number
    readonly PublicPort?: number
    readonly Type: string
  }[]
  readonly HostConfig?: { readonly NetworkMode?: string }
  readonly NetworkSettings?: { readonly Networks: Readonly<Record<string, EndpointSettings>> | null }
}

/** Fields of one measurement of a container. */
export interface ContainerStats {
  readonly read: string
  readonly cpu_stats: CpuStats
  readonly precpu_stats?: CpuStats
  readonly memory_stats: {
    /** Bytes. */
    readonly usage?: number
    readonly max_usage?: number
    readonly limit?: number
    /** `inactive_file` (cgroup 2) or `total_inactive_file` (1): cache which `docker stats` takes off. */
    readonly stats?: Readonly<Record<string, number>>
  }
  readonly networks?: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>
  readonly pids_stats?: { readonly current?: number; readonly limit?: number }
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null
  }
}

/** Processor time in nanoseconds since the container started. */
export interface CpuStats {
  readonly cpu_usage: { readonly total_usage: number }
  readonly system_cpu_usage?: number
  readonly online_cpus?: number
}
