import type { RestartPolicy } from './group-spec.ts'
import type { ProcessIdentity } from './process-identity.ts'

/** `group.json`: what was asked for. Written once, before anything is started; it holds no environment. */
export interface GroupRecord {
  readonly version: 1
  readonly name: string
  /** Tells this group from an earlier or later one of the same name. */
  readonly uid: string
  readonly createdAtInUs: number
  readonly creator: ProcessIdentity
  readonly labels: Readonly<Record<string, string>>
  readonly address: string
  readonly maxLifetimeInMs: number | null
  readonly initContainers: readonly ContainerRecord[]
  readonly containers: readonly ContainerRecord[]
}

export interface ContainerRecord {
  readonly name: string
  readonly image: string
  readonly command: readonly string[] | null
  readonly args: readonly string[]
  readonly workingDirectory: string
  readonly ports: readonly { readonly containerPort: number; readonly hostPort: number | null }[]
  readonly sidecar: boolean
  readonly stdin: boolean
  readonly restartPolicy: RestartPolicy
  readonly restartLimit: number | null
}

/** What the creator hands to the supervisor over a pipe, so that it is never on disk. */
export interface StartMessage {
  /** The environment by container name. */
  readonly env: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** `state.json`: how it is. Replaced as a whole by the supervisor at each change. */
export interface GroupState {
  readonly version: 1
  /** Grows with each change. */
  readonly revision: number
  /** `pending` until the containers start (init containers may run), `ended` when nothing runs or will run again. */
  readonly phase: 'pending' | 'running' | 'ended'
  /** Why the group could not run as asked; null otherwise. */
  readonly failure: string | null
  readonly ports: readonly MappedPort[]
  /** Init containers first, both in the order of the record. */
  readonly containers: readonly ContainerState[]
  /** The newest events, oldest first. */
  readonly events: readonly GroupEvent[]
}

/** A port of a container and the one of the group's address that it is served on. */
export interface MappedPort {
  readonly container: string
  readonly containerPort: number
  readonly hostPort: number
}

/** How a process ended. */
export interface Termination {
  /** The exit code; null when a signal ended it, when it never started, or when its supervisor was lost. */
  readonly exitCode: number | null
  /** The signal that ended it, as in `SIGKILL`; null otherwise. */
  readonly signal: string | null
  readonly startedAtInUs: number | null
  readonly finishedAtInUs: number | null
  /** `completed`, `failed`, `start-failed`, `not-started` or `supervisor-lost`. */
  readonly reason: string
  readonly message: string | null
}

export interface ContainerState {
  readonly name: string
  readonly state: 'waiting' | 'running' | 'terminated'
  /** Why it waits: `pending`, or `restart-backoff`; null in the other states. */
  readonly waitingFor: string | null
  readonly pid: number | null
  readonly startedAtInUs: number | null
  /** How it ended; null unless `terminated`. */
  readonly termination: Termination | null
  readonly restartCount: number
  /** How the instance before this one ended; null for the first. */
  readonly lastTermination: Termination | null
}

/** Something that happened to the group or to one container of it. */
export interface GroupEvent {
  /** Microseconds since 1970. */
  readonly timeInUs: number
  /** null for the group. */
  readonly container: string | null
  readonly type:
    | 'created'
    | 'supervised'
    | 'starting'
    | 'started'
    | 'start-failed'
    | 'exited'
    | 'restarting'
    | 'stopping'
    | 'killing'
    | 'log-lost'
    | 'ended'
  readonly message: string | null
}
