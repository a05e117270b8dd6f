import type { Address } from '../contract/address.ts'
import type { Instant } from '../contract/evidence.ts'
import type { LogLine } from '../contract/log.ts'
import type { ContainerObservation, Observation } from '../contract/observation.ts'
import type { ExecResult } from '../contract/session.ts'

/** What a readiness probe needs of the run that it observes. The properties are read anew whenever they are needed. */
export interface ReadinessTarget {
  /**
   * When the cloud acknowledged the order to start; undefined until then. Network, log and exec probes begin here:
   * an earlier connection can hang in a local Engine's port proxy.
   */
  readonly startedAt: Instant | undefined
  /** When the phase, a container's state or the addresses last changed. Sets the pace of the probes. */
  readonly changedAt: Instant
  /** `stopped` and `gone` end the wait of every probe that can no longer succeed. */
  readonly phase: Observation['phase']
  /** By name; the main one is `main`. */
  readonly containers: Readonly<Record<string, ContainerObservation>>
  /** The preferred address of a port first. */
  readonly addresses: readonly Address[]
  /** The main container's first declared tcp port: what a probe without a port of its own asks. */
  readonly defaultPort: number | undefined
  /** Calls back after every change of the above, until the returned function is called. */
  onChange(listener: () => void): () => void
  /** The container's output from its beginning on, followed until it has ended for good. Absent where the cloud has no logs. */
  logs?(options: {
    /** Default: the main container. */
    readonly container: string | undefined
    readonly signal: AbortSignal
  }): AsyncIterable<LogLine>
  /** Runs a command in the container. Absent where the cloud has no exec. */
  exec?(
    command: readonly string[],
    options: { readonly container: string | undefined; readonly signal: AbortSignal },
  ): Promise<Pick<ExecResult, 'exitCode' | 'stdout' | 'stderr'>>
}

/** Whether the run will not run again by itself. */
export function hasEnded(target: ReadinessTarget): boolean {
  return target.phase === 'stopped' || target.phase === 'gone'
}
