/**
 * What `spec.options.docker` takes: fields that only engines have. They go into the create call as they are and concern every container of
 * the group, save for those of the network, which all containers of a group share.
 */
export interface DockerNativeOptions {
  /** `bridge` (the default), `host`, `none`, or the name of a network that exists. */
  readonly network?: string | undefined
  /** The OCI runtime, by the name under which the engine knows it: `runsc`. */
  readonly runtime?: string | undefined
  readonly capAdd?: readonly string[] | undefined
  readonly capDrop?: readonly string[] | undefined
  /** All of the host's devices and capabilities. Default false. */
  readonly privileged?: boolean | undefined
  /** The host's devices: `/dev/fuse`, `/dev/sda:/dev/xvda:rwm`. */
  readonly devices?: readonly string[] | undefined
  /** Further lines of `/etc/hosts`, as `name:address`; `host-gateway` stands for the host's own. */
  readonly extraHosts?: readonly string[] | undefined
  readonly dns?: readonly string[] | undefined
  /** Size of `/dev/shm` in bytes. Default: the engine's, mostly 64 MiB. */
  readonly shmSize?: number | undefined
  /** By name: `{ nofile: { soft: 1024, hard: 4096 } }`. */
  readonly ulimits?: Readonly<Record<string, { readonly soft: number; readonly hard: number }>> | undefined
  readonly readonlyRootfs?: boolean | undefined
  /** Runs a small init as first process, which reaps zombies and passes signals on. Default false. */
  readonly init?: boolean | undefined
  /** Mount options by path: `{ '/tmp': 'size=64m' }`. */
  readonly tmpfs?: Readonly<Record<string, string>> | undefined
  /** `seccomp=unconfined`, `no-new-privileges`. */
  readonly securityOpt?: readonly string[] | undefined
  /**
   * Default: the engine's own, mostly `json-file`, which writes bytes that are no UTF-8 as U+FFFD. `local` keeps them, but up to Docker
   * 20.10 joins a line over 16 KiB with the next. With drivers that the engine cannot read back (`none`, `gelf`), `logs()` does not work.
   */
  readonly logDriver?:
    | { readonly type: string; readonly options?: Readonly<Record<string, string>> }
    | undefined
}
