/** What a container is made of; the engine's own field names. */
export interface ContainerCreateBody {
  readonly Image: string
  readonly Entrypoint?: readonly string[] | undefined
  readonly Cmd?: readonly string[] | undefined
  /** `NAME=value`. */
  readonly Env?: readonly string[] | undefined
  readonly WorkingDir?: string | undefined
  /** `user`, `uid`, `user:group`. */
  readonly User?: string | undefined
  readonly Labels?: Readonly<Record<string, string>> | undefined
  readonly Hostname?: string | undefined
  readonly Domainname?: string | undefined
  /** Ports that are published or noted: `{ '80/tcp': {} }`. */
  readonly ExposedPorts?: Readonly<Record<string, object>> | undefined
  readonly Tty?: boolean | undefined
  readonly OpenStdin?: boolean | undefined
  /** Closes stdin when the first client that attached to it leaves. */
  readonly StdinOnce?: boolean | undefined
  readonly AttachStdin?: boolean | undefined
  readonly AttachStdout?: boolean | undefined
  readonly AttachStderr?: boolean | undefined
  readonly StopSignal?: string | undefined
  /** Seconds between the stop signal and SIGKILL. */
  readonly StopTimeout?: number | undefined
  readonly Healthcheck?: HealthcheckBody | undefined
  readonly HostConfig?: HostConfigBody | undefined
  readonly NetworkingConfig?: { readonly EndpointsConfig: Readonly<Record<string, EndpointBody>> } | undefined
}

/** A health check; durations in nanoseconds, 0 inherits. */
export interface HealthcheckBody {
  /** `['CMD', …]`, `['CMD-SHELL', text]`, or `['NONE']`. */
  readonly Test: readonly string[]
  readonly Interval?: number | undefined
  readonly Timeout?: number | undefined
  readonly Retries?: number | undefined
  readonly StartPeriod?: number | undefined
}

/** The container's place on its host. */
export interface HostConfigBody extends ResourcesBody {
  /** `bridge`, `host`, `none`, `container:ID`, a network's name. */
  readonly NetworkMode?: string | undefined
  readonly PidMode?: string | undefined
  readonly IpcMode?: string | undefined
  readonly PortBindings?: Readonly<Record<string, readonly PortBinding[]>> | undefined
  readonly PublishAllPorts?: boolean | undefined
  readonly AutoRemove?: boolean | undefined
  readonly Binds?: readonly string[] | undefined
  readonly Mounts?: readonly MountBody[] | undefined
  /** Path to mount options: `{ '/tmp': 'size=64m' }`. */
  readonly Tmpfs?: Readonly<Record<string, string>> | undefined
  readonly Init?: boolean | undefined
  readonly Privileged?: boolean | undefined
  readonly ReadonlyRootfs?: boolean | undefined
  readonly CapAdd?: readonly string[] | undefined
  readonly CapDrop?: readonly string[] | undefined
  readonly SecurityOpt?: readonly string[] | undefined
  readonly GroupAdd?: readonly string[] | undefined
  readonly Dns?: readonly string[] | undefined
  readonly DnsSearch?: readonly string[] | undefined
  readonly ExtraHosts?: readonly string[] | undefined
  readonly Sysctls?: Readonly<Record<string, string>> | undefined
  /** Bytes. */
  readonly ShmSize?: number | undefined
  readonly OomScoreAdj?: number | undefined
  readonly Runtime?: string | undefined
  readonly LogConfig?:
    | { readonly Type: string; readonly Config?: Readonly<Record<string, string>> }
    | undefined
}

/** What can also be changed while the container runs. */
export interface ResourcesBody {
  /** Billionths of a processor. */
  readonly NanoCpus?: number | undefined
  readonly CpuShares?: number | undefined
  readonly CpusetCpus?: string | undefined
  /** Bytes. */
  readonly Memory?: number | undefined
  /** Bytes of memory and swap together; -1 unlimited. */
  readonly MemorySwap?: number | undefined
  readonly MemoryReservation?: number | undefined
  readonly PidsLimit?: number | undefined
  readonly RestartPolicy?: RestartPolicyBody | undefined
  readonly Ulimits?:
    | readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[]
    | undefined
  readonly Devices?: readonly DeviceBody[] | undefined
  readonly DeviceRequests?: readonly DeviceRequestBody[] | undefined
}

/** When the engine starts a container again by itself. */
export interface RestartPolicyBody {
  readonly Name: '' | 'no' | 'always' | 'unless-stopped' | 'on-failure'
  /** For `on-failure`; 0 means without limit. */
  readonly MaximumRetryCount?: number | undefined
}

/** A device of the host. */
export interface DeviceBody {
  readonly PathOnHost: string
  readonly PathInContainer: string
  readonly CgroupPermissions: string
}

/** Devices by what they can do, such as GPUs. */
export interface DeviceRequestBody {
  readonly Driver?: string | undefined
  /** -1 means all. */
  readonly Count?: number | undefined
  readonly DeviceIDs?: readonly string[] | undefined
  readonly Capabilities: readonly (readonly string[])[]
}

/** Where a port is published; an empty or absent HostPort lets the engine choose. */
export interface PortBinding {
  readonly HostIp?: string | undefined
  readonly HostPort?: string | undefined
}

/** A mount. */
export interface MountBody {
  readonly Type: 'bind' | 'volume' | 'tmpfs'
  /** Host path or volume name. */
  readonly Source?: string | undefined
  readonly Target: string
  readonly ReadOnly?: boolean | undefined
  readonly VolumeOptions?:
    | { readonly NoCopy?: boolean; readonly Labels?: Readonly<Record<string, string>> }
    | undefined
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number } | undefined
}

/** A container's place in a network. */
export interface EndpointBody {
  readonly Aliases?: readonly string[] | undefined
  readonly IPAMConfig?: { readonly IPv4Address?: string; readonly IPv6Address?: string } | undefined
}
