import type { BerthError } from '../errors/berth-error.ts'
import type { Address } from './address.ts'
import type { Evidence } from './evidence.ts'

/** How one container's process ended. */
export interface Termination {
  /** Undefined where the cloud does not tell it. 128 + n where a signal n ended it and the cloud says so only by the code. */
  readonly exitCode: number | undefined
  /** The signal's name (`SIGKILL`) where the cloud tells it or the code implies it. */
  readonly signal?: string | undefined
  /** The cloud's own word: `OOMKilled`, `Error`, `Completed`. */
  readonly reason?: string | undefined
  readonly startedAt?: Date | undefined
  readonly finishedAt?: Date | undefined
}

/** One container at one moment. */
export interface ContainerObservation {
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown'
  /** Why it waits or ended, in the cloud's own words. */
  readonly reason?: string | undefined
  readonly restartCount: number
  /** The last word of the cloud's own health check, where one is configured. */
  readonly health?: 'starting' | 'healthy' | 'unhealthy' | undefined
  /** Set when terminated. */
  readonly termination?: Termination | undefined
  /** The end before the last restart. */
  readonly lastTermination?: Termination | undefined
  /** The image that really runs, by digest where told. */
  readonly imageDigest?: string | undefined
}

/** Something that the cloud says has happened. */
export interface CloudEvent {
  readonly time?: Date | undefined
  readonly container?: string | undefined
  /** The cloud's word: `Pulling`, `BackOff`, `oom`. */
  readonly name: string
  readonly message: string
  readonly count: number
  readonly severity: 'normal' | 'warning'
}

/** What a cloud says of one run at one moment. Core merges a run's observations; the newest word on each container counts. */
export interface Observation {
  readonly ref: string
  /** `pending` until a place was found, `placed` after, `stopped` once it will not run again by itself, `gone` when the cloud confirms so. */
  readonly phase: 'pending' | 'placed' | 'stopped' | 'gone'
  /** By container name, init containers and sidecars included. */
  readonly containers: Readonly<Record<string, ContainerObservation>>
  readonly addresses: readonly Address[]
  /** The newest last; the cloud's whole list or only the new ones, core tells them apart. */
  readonly events: readonly CloudEvent[]
  /** What this answer tells about the marks: stamps, and sightings by the answer itself. */
  readonly evidence: readonly Evidence[]
  /** Set once the start can no longer succeed, whatever happens: image cannot be pulled, no capacity, failed to start. */
  readonly failure?: BerthError | undefined
  /** Ends the polling pause early: the adapter expects a change in about so long (a run near its pull's end). */
  readonly nextChangeInMs?: number | undefined
}
