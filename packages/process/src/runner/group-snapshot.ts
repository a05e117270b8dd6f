import type { ContainerRecord, ContainerState, GroupEvent, MappedPort } from './group-record.ts'

/** A group as it is seen at one moment. */
export interface GroupSnapshot {
  readonly name: string
  /** Tells this group from an earlier or later one of the same name. */
  readonly uid: string
  readonly createdAtInUs: number
  /** Grows with each change that the supervisor makes; 0 before the first. */
  readonly revision: number
  /** The labels as they are now. */
  readonly labels: Readonly<Record<string, string>>
  /**
   * `pending` until the containers start, `running`, `ended` when nothing runs or will run again; `lost` when the
   * supervisor died (or its creator before there was one): what it had started may still run, unwatched.
   */
  readonly phase: 'pending' | 'running' | 'ended' | 'lost'
  /** Why the group could not run as asked; null otherwise. */
  readonly failure: string | null
  /** The address on which the ports are served. */
  readonly address: string
  readonly ports: readonly MappedPort[]
  readonly initContainers: readonly ContainerSnapshot[]
  readonly containers: readonly ContainerSnapshot[]
  /** The newest events, oldest first. */
  readonly events: readonly GroupEvent[]
}

/** A container: what was asked for, and how it is. */
export interface ContainerSnapshot extends ContainerState {
  readonly image: string
  readonly command: ContainerRecord['command']
  readonly args: ContainerRecord['args']
  readonly sidecar: boolean
  /** Its own directory, which stands for `/` of a container. */
  readonly root: string
}
