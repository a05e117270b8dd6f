/** Whether a container that has ended is started again. */
export type RestartPolicy = 'never' | 'on-failure' | 'always'

/** A file that is written before the container starts. */
export interface FileSpec {
  /** Where, taken from the container's own directory: `/etc/app.json` becomes `<root>/etc/app.json`. */
  readonly path: string
  readonly content: string | Uint8Array
  /** Permission bits. Default 0o644 (the directories above it are closed to other users anyway). */
  readonly mode?: number | undefined
}

/** What appears in a container, as a symbolic link: a volume of the group, or a directory or file of this machine. */
export type MountSpec = {
  /** Where, taken from the container's own directory. */
  readonly path: string
} & (
  | { readonly volume: string; readonly hostPath?: undefined }
  /** Absolute. It is there before the group and stays when the group goes. */
  | { readonly hostPath: string; readonly volume?: undefined }
)

/** A TCP port that a container serves. */
export interface PortSpec {
  /** The port's number as the image knows it; the program learns the mapped one from PORT and PORT_<number>. */
  readonly containerPort: number
  /** The port on the group's address. Default: a free one, kept for the group while it lives. */
  readonly hostPort?: number | undefined
}

/** One container: a child process with a directory, an environment and a log of its own. */
export interface GroupContainerSpec {
  /** Unique in the group: lower-case letters, digits, `-`, `_` and `.`, at most 63. */
  readonly name: string
  /** An image of the catalogue. */
  readonly image: string
  /** Replaces the image's program by any program of this machine, found on PATH. */
  readonly command?: readonly string[] | undefined
  readonly args?: readonly string[] | undefined
  /** The environment beside PATH, HOME, TMPDIR, HOST and PORT*. It is handed over in memory and never written to disk. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Taken from the container's own directory, which is the default. */
  readonly workingDirectory?: string | undefined
  readonly files?: readonly FileSpec[] | undefined
  readonly mounts?: readonly MountSpec[] | undefined
  readonly ports?: readonly PortSpec[] | undefined
  /** Gives the program an input, which is open until whoever attaches to it ends it. Default false: an empty one. */
  readonly stdin?: boolean | undefined
  /** A sidecar starts just before the others and is stopped when all of them have ended. Default false. */
  readonly sidecar?: boolean | undefined
  /** Default: the group's. An init container is started again on failure only, and never where this is `never`. */
  readonly restartPolicy?: RestartPolicy | undefined
  /** How often `on-failure` starts it again at most. Default: without limit. */
  readonly restartLimit?: number | undefined
}

/** What to run: containers that share an address, volumes and a life. */
export interface GroupSpec {
  /** Unique in the state directory while the group exists; as for a container's name. */
  readonly name: string
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** Run to their end one after another before the containers start; a failure among them ends the group. */
  readonly initContainers?: readonly GroupContainerSpec[] | undefined
  readonly containers: readonly GroupContainerSpec[]
  /** Names of empty directories that live as long as the group. */
  readonly volumes?: readonly string[] | undefined
  /** Default `never`. */
  readonly restartPolicy?: RestartPolicy | undefined
  /** The loopback address whose ports the group uses. Default 127.0.0.1. */
  readonly address?: string | undefined
  /** The supervisor stops the group when it has lived this long, whoever else is alive. Default: no end. */
  readonly maxLifetimeInMs?: number | undefined
}
