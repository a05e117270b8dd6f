import type { AnyProvider, BaseRun, Duration } from '@berth/core'
import type { FullSpec } from './scene/full-capabilities.ts'

/** What the suite may change about the providers that it makes. */
export interface ProviderOverrides {
  readonly name?: string | undefined
  readonly lease?: Duration | undefined
}

/**
 * Makes a provider of the adapter under test, always of the same account and place. Each call gives another instance: two of them
 * stand for two processes' views of one cloud.
 */
export type CreateProvider = (overrides?: ProviderOverrides) => AnyProvider

/** The part of a spec that makes a workload on this world. The suite adds what a test is about. */
export type Workload = Pick<
  FullSpec,
  'image' | 'command' | 'args' | 'env' | 'ports' | 'options' | 'cpu' | 'memory'
>

export interface HttpServerOptions {
  /** The container's port. */
  readonly port: number
  /** How long it waits before it listens. Default 0. */
  readonly bootDelayInMs?: number | undefined
  /** What `GET /` answers with status 200; every other path answers 404. Default `hello`. */
  readonly body?: string | undefined
}

/**
 * Programs to run on this world. Where the container's file system does not begin at the machine's own `/` its programs find where it begins
 * in the variable `BERTH_ROOT`; it is unset or empty elsewhere. Likewise `HOST` (default 127.0.0.1) and `PORT_<n>` (default n) say where the
 * group's port n is served, as seen from inside the group.
 */
export interface Workloads {
  /** Serves HTTP until asked to end by SIGTERM, which it obeys at once. `ports` holds the port. */
  httpServer(options: HttpServerOptions): Workload
  /** Runs a POSIX shell script as the main process, so that the script's exit code and signal are the container's. */
  shell(script: string): Workload
  /** Does nothing until asked to end by SIGTERM, which it obeys at once. */
  sleep(): Workload
  /** An image whose registry says that it is not there. */
  readonly missingImage: string
  /** An image whose registry cannot be reached. */
  readonly unreachableImage?: string | undefined
  /** Shell words that print what `GET http://<group>:<port>/` answers, and end with a code other than 0 where it does not answer. */
  fetch(port: number): string
  /** Answers every datagram to a udp port with the same bytes. Left out: no udp is tested. */
  udpEcho?(port: number): Workload
}

/** Something on the same cloud that is not Berth's, which no sweep may touch. */
export interface ForeignObject {
  exists(): Promise<boolean>
  remove(): Promise<void>
}

/** How the suite starts another process that owns runs. */
export interface OtherProcess {
  /** URL of a module whose default export is a `CreateProvider` for the same account and place. */
  readonly module: string
  /** Arguments for node itself, such as `--conditions=…` or `--import=…`. */
  readonly execArgv?: readonly string[] | undefined
}

/** What the suite needs to know of the place in which an adapter is tested. */
export interface ConformanceWorld {
  readonly workloads: Workloads
  /**
   * What there is of ours, asked from the engine or cloud itself and not through the adapter: containers, volumes, processes, directories,
   * each as a text that holds its run's name. What a test has made must be gone from it at the test's end.
   */
  inspect(): Promise<readonly string[]>
  /** Whether nothing else makes runs there meanwhile: then whatever is new at the end of all is a leak, whosever name it bears. Default false. */
  readonly exclusive?: boolean | undefined
  createForeign?(): Promise<ForeignObject>
  /** Left out: nothing is tested across processes. */
  readonly otherProcess?: OtherProcess | undefined
  /**
   * The instant at which the run's `httpServer` accepted its first request, from inside the container, in microseconds since the epoch.
   * Left out where the container's clock is not this machine's.
   */
  truth?(run: BaseRun): Promise<number>
  /** A region that accepts runs, or refuses them, and never has room; and one that has. Left out: no placement is tested. */
  readonly regions?: { readonly full: string; readonly free: string } | undefined
  /** How many runs are started at once in the chapter on crowds. Default 50. */
  readonly concurrency?: number | undefined
  /** The shortest lease that this world can renew in time. Default 3 s. */
  readonly leaseFloorInMs?: number | undefined
}
