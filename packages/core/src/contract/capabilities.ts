/** What the run features can be graded by; every grade is a promise that the conformance suite holds the adapter to. */
export interface LogsGrade {
  /** `native`: pushed by the cloud; `polled`: asked for again and again; `lossy`: lines can be lost (ACI keeps a tail only). */
  readonly follow: 'native' | 'polled' | 'lossy'
  /** `separate`: stdout and stderr can be told apart; `merged`: all is stdout. */
  readonly streams: 'separate' | 'merged'
  /** `exact`: as they were written; `text`: what is no UTF-8 arrives as U+FFFD (Docker's default log driver). */
  readonly bytes: 'exact' | 'text'
  /** Whether a line without anything in it is one: some clouds drop it. Default `kept`. */
  readonly emptyLines?: 'kept' | 'dropped'
  /** Whether each line carries the time at which the cloud took it. */
  readonly times: boolean
  /** Whether the log of the instance before the last restart can be read. */
  readonly previous: boolean
}

export interface ExecGrade {
  /** `native`: the cloud tells it; `sentinel`: read from a line echoed after the command, needs a shell in the image; `none`. */
  readonly exitCode: 'native' | 'sentinel' | 'none'
  readonly stderr: 'separate' | 'merged'
  readonly stdin: boolean
  readonly tty: boolean
  /** Whether a command can run as another user than the cloud's own choice. Default: as the capability `user`. */
  readonly user?: boolean
}

export interface AttachGrade {
  readonly stderr: 'separate' | 'merged'
  readonly stdin: boolean
  readonly tty: boolean
}

export interface FilesGrade {
  /** Whether a file's content can be a secret: it shows nowhere to those who may only look at the run. */
  readonly secret: boolean
  /** How large the files of one container may be together. */
  readonly maxBytes: number
}

export type Architecture = 'amd64' | 'arm64'
export type RestartPolicy = 'never' | 'on-failure' | 'always'
/** Who can reach the run's ports: this machine, the cloud's private network, everybody. */
export type Exposure = 'local' | 'private' | 'public'
/**
 * `empty`: shared by the group's containers, gone with the run. `named`: kept by the engine beyond the run. `host`: a directory of the
 * host. Others belong to one cloud each.
 */
export type VolumeKind =
  | 'empty'
  | 'named'
  | 'host'
  | 'secret'
  | 'git-repo'
  | 'azure-file'
  | 'efs'
  | 'ebs'
  | 'config-map'
  | 'persistent-volume-claim'

/**
 * What an adapter can do, as `const` data. A feature that is absent is unsupported: asking for it does not compile, and is refused
 * at run time with the code `unsupported`. Lists name the values that are supported.
 */
export interface Capabilities {
  /** The adapter's name, a literal: `docker`, `aci`. */
  readonly name: string

  // What a spec may ask for.
  readonly architecture: readonly Architecture[]
  readonly restart: readonly RestartPolicy[]
  readonly expose: readonly Exposure[]
  readonly volumes?: readonly VolumeKind[]
  readonly files?: FilesGrade
  readonly sidecars?: true
  readonly initContainers?: true
  readonly health?: true
  readonly user?: true
  /** Chooses the host's port of a mapping. */
  readonly publish?: true
  readonly registry?: true
  readonly gpu?: true
  readonly spot?: true
  readonly regions?: true
  /** A cloud's own secret store can be referred to by `secretRef()`. */
  readonly secretRef?: true
  /**
   * How the secret of a variable may be given. `value`: by `secret()`; `reference`: only by `secretRef()`, for the cloud takes no value that it
   * would not show. Default `value`.
   */
  readonly secretEnv?: 'value' | 'reference'

  // What a run can do.
  readonly logs?: LogsGrade
  readonly exec?: ExecGrade
  readonly attach?: AttachGrade
  readonly portForward?: true
  readonly copy?: true
  readonly restartRun?: true
  readonly metrics?: true

  // How it behaves.
  /** `mapped`: a container's port gets another number outside; `same`: it keeps its number. */
  readonly ports: 'mapped' | 'same'
  /** Whether the cloud ends a run at its `maxLifetime` by itself; else the owning process or a sweep does. */
  readonly maxLifetime: 'native' | 'sweep'
  /** Whether a stopped run's exit code and signal are told. */
  readonly exitCode: 'native' | 'none'
  /**
   * How two containers of a group reach each other: `localhost`, at the port's own number; `mapped`, at the address and number in the
   * variables HOST and PORT_<number>; `none`.
   */
  readonly groupNetwork: 'localhost' | 'mapped' | 'none'

  /** The type of the adapter's own part of `spec.options`, declared in its capabilities' interface. Never a value. */
  readonly native?: object
}
