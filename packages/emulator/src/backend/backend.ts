import type { Duplex, Readable, Writable } from 'node:stream'

/**
 * Where emulated containers really run. A service (ACI, ECS, Kubernetes) decides when something happens and what its protocol says of it; a
 * backend makes it happen and tells how it went. It knows no cloud.
 */
export interface Backend {
  readonly kind: 'docker' | 'process' | 'none'
  /** What its addresses are, for people: `addresses of the engine's bridge`, `loopback addresses of their own`, `mapped ports of 127.0.0.1`. */
  readonly addressing: string
  /** Makes an image ready to run; resolves at once where it is there. Throws `ImageError`. */
  pull(image: string, options: PullOptions): Promise<PulledImage>
  /** Makes the sandbox that a group's containers share: its address, its volumes. No container of it exists yet. */
  createPod(spec: PodSpec): Promise<Pod>
  /** Removes every pod that this backend made, whatever state it is in, and refuses to make more. */
  close(): Promise<void>
}

export interface PullOptions {
  readonly credentials?: { readonly username: string; readonly password: string } | undefined
  readonly signal?: AbortSignal | undefined
}

export interface PulledImage {
  /** `sha256:…`. */
  readonly digest: string
  readonly sizeInBytes: number
  /** The main process of a container that names none. */
  readonly command: readonly string[]
  readonly architecture: 'amd64' | 'arm64' | 'other'
  /** Whether it had to be fetched. */
  readonly wasFetched: boolean
}

export interface PodSpec {
  /** Unique on this backend; letters, digits and hyphens. */
  readonly name: string
  /** Put on whatever the backend makes for it, so that people know it. */
  readonly labels: Readonly<Record<string, string>>
  /** Every port that one of its containers serves, at that very number of the pod's address where the platform can do that. */
  readonly ports: readonly PodPort[]
  readonly volumes: Readonly<Record<string, PodVolume>>
  readonly hostname?: string | undefined
}

export interface PodPort {
  readonly port: number
  readonly protocol: 'tcp' | 'udp'
}

/** `empty` is writable and shared by the pod's containers; `files` holds what is given, by path below the mount. */
export type PodVolume =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'files'
      readonly files: Readonly<Record<string, Uint8Array>>
      readonly mode?: number | undefined
      /** Of single files, where it is another. */
      readonly modes?: Readonly<Record<string, number>> | undefined
    }

export interface ContainerSpec {
  /** Unique in its pod. */
  readonly name: string
  readonly image: string
  /** Replaces the image's entrypoint. */
  readonly command?: readonly string[] | undefined
  /** Replaces the image's default arguments; with `command` and without this there are none. */
  readonly args?: readonly string[] | undefined
  readonly env: Readonly<Record<string, string>>
  readonly workingDirectory?: string | undefined
  readonly user?: string | undefined
  readonly cpu?: number | undefined
  readonly memoryInBytes?: number | undefined
  readonly mounts: readonly {
    readonly volume: string
    readonly path: string
    readonly readOnly: boolean
    /** Only this file or directory of the volume. */
    readonly subPath?: string | undefined
  }[]
  /** The first of them is what a program of the `process` backend is told to serve: it cannot know by itself. Default: those of the pod. */
  readonly ports?: readonly PodPort[] | undefined
  /** Keeps its input open; who attaches with `stdin` writes to it. */
  readonly stdin?: boolean | undefined
  readonly tty?: boolean | undefined
}

/**
 * One group's sandbox and the containers in it. What is said of a container waits for a start that is under way. Stop, kill and remove are
 * idempotent; calls about a container that was never started, and those that need one that runs, throw `StartError` `not-running`.
 */
export interface Pod {
  readonly name: string
  /** Where a container's port answers from this machine. */
  address(port: PodPort): PodAddress
  /** The address that all its ports share; a loopback address with mapped ports where the platform has no better. */
  readonly host: string
  /**
   * Makes a container and starts it; one of the same name that has ended is replaced (a restart), its log kept as `previous`. Throws
   * `StartError`: `refused` where it runs already, or where the pod is removed meanwhile. Nothing of an attempt that failed is left.
   */
  start(container: ContainerSpec): Promise<Started>
  /** Resolves when the instance that runs has ended; at once with the last end where none runs. */
  ended(container: string): Promise<Ended>
  /** Sends the stop signal, kills after the grace, resolves once it has ended. */
  stop(container: string, graceInMs: number): Promise<Ended>
  kill(container: string, signal: string): Promise<void>
  /**
   * Output in the order in which it was written; none where nothing was started. `follow` goes on until the instance has ended. A log ends
   * where its container is removed.
   */
  logs(container: string, options: LogOptions): AsyncIterable<LogRecord>
  /** Runs a program beside the main process. Throws `StartError` where the program cannot be started. */
  exec(container: string, command: readonly string[], options: ExecOptions): Promise<Execution>
  /** The main process' own streams, from now on. `exited` is the container's end, and `close()` leaves it running. */
  attach(container: string, options: { readonly stdin: boolean }): Promise<Execution>
  /** A byte stream to a port of the pod, at its address. Throws the system's error, such as ECONNREFUSED. */
  connect(port: number): Promise<Duplex>
  usage(container: string): Promise<Usage>
  /** Ends and removes all of it, a start that is under way included; resolves when it is gone. */
  remove(): Promise<void>
}

export interface PodAddress {
  readonly host: string
  readonly port: number
  /** Whether the port is not the container's own number, because this platform cannot give the pod an address of its own. */
  readonly mapped: boolean
}

export interface Started {
  /** Milliseconds since the epoch on this machine's clock, with fractions: the best bounds the backend knows for the first instruction. */
  readonly after: number
  readonly before: number
}

export interface Ended {
  /** 128 + the signal's number where a signal ended it. */
  readonly exitCode: number
  /**
   * `SIGKILL`, where a signal ended it. An engine tells only the code that stands for a signal, which a program may also give by itself: there
   * it is a signal that was sent through this pod, or by the kernel for want of memory.
   */
  readonly signal?: string | undefined
  readonly outOfMemory: boolean
  /** Milliseconds since the epoch on this machine's clock. */
  readonly at: number
}

/** What an instance has used so far, and holds now. */
export interface Usage {
  readonly cpuInNanoseconds: number
  readonly memoryInBytes: number
}

export interface LogOptions {
  readonly follow?: boolean | undefined
  readonly previous?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** One line of output, or the part of one that was written so far where the instance ended within it. */
export interface LogRecord {
  /** Milliseconds since the epoch on this machine's clock, with fractions. */
  readonly at: number
  readonly stream: 'stdout' | 'stderr'
  /** Without the `\n` at its end. */
  readonly line: Buffer
  /** Whether a `\n` ended it. */
  readonly ended: boolean
}

export interface ExecOptions {
  readonly tty: boolean
  readonly stdin: boolean
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly workingDirectory?: string | undefined
  readonly size?: { readonly columns: number; readonly rows: number } | undefined
}

/** A process with its streams. Both outputs must be read (or resumed): a process whose output nobody takes waits. */
export interface Execution {
  /** `end()` is the end of its input. */
  readonly stdin: Writable
  readonly stdout: Readable
  /** Empty with a tty. */
  readonly stderr: Readable
  readonly exited: Promise<{ readonly exitCode: number; readonly signal?: string | undefined }>
  resize(size: { readonly columns: number; readonly rows: number }): Promise<void>
  /** Lets go. The process of an exec is killed, save on an engine of another machine, where it goes on to the end of its input or container. */
  close(): Promise<void>
}

/** Why an image cannot be had. */
export class ImageError extends Error {
  readonly reason: 'not-found' | 'unauthorized' | 'unreachable' | 'rate-limited' | 'invalid-name'
  constructor(reason: ImageError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImageError'
    this.reason = reason
  }
}

/** Why a process cannot be started: the program is not there, cannot be executed, or the platform refuses. */
export class StartError extends Error {
  readonly reason: 'not-found' | 'not-executable' | 'refused' | 'not-running'
  constructor(reason: StartError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartError'
    this.reason = reason
  }
}
