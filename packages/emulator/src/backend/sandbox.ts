import type { Duplex } from 'node:stream'
import type {
  ContainerSpec,
  Ended,
  ExecOptions,
  Execution,
  LogOptions,
  LogRecord,
  PodAddress,
  PodPort,
  Started,
  Usage,
} from './backend.ts'

/** What a kind of backend brings for one pod. Everything else of a `Pod` is the same for all: see managed-pod.ts. */
export interface Sandbox {
  readonly host: string
  address(port: PodPort): PodAddress
  connect(port: number): Promise<Duplex>
  /**
   * Makes and starts one instance of a container; `number` tells it from the earlier ones. Where it fails, nothing of it is left.
   * @throws StartError
   */
  start(container: ContainerSpec, number: number): Promise<Instance>
  /** Removes what its instances shared; they have been removed before. May be called again after it failed. */
  remove(): Promise<void>
}

/** One instance of a container, from its start until it is removed. It can be read after its end, too. */
export interface Instance {
  readonly started: Started
  /** Rejects only where the backend has lost sight of it. */
  readonly ended: Promise<Ended>
  /** Asks it to end and kills it after the grace; need not wait for the end. */
  stop(graceInMs: number): Promise<void>
  kill(signal: string): Promise<void>
  logs(options: Omit<LogOptions, 'previous'>): AsyncIterable<LogRecord>
  /** @throws StartError */
  exec(command: readonly string[], options: ExecOptions): Promise<Execution>
  attach(options: { readonly stdin: boolean }): Promise<Execution>
  usage(): Promise<Usage>
  /** Ends it at once where it runs; resolves when nothing of it is left. May be called again after it failed. */
  remove(): Promise<void>
}
