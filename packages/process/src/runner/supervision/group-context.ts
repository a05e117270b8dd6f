import type { GroupEvent, GroupRecord, MappedPort } from '../group-record.ts'
import type { LogWriter } from './log-writer.ts'

/** What the supervisor's parts share about the group that it watches. */
export interface GroupContext {
  /** The absolute path, for what containers are told. Files are reached from the working directory, which is the same. */
  readonly directory: string
  readonly record: GroupRecord
  /** The environments by container name; they are only here, in memory. */
  readonly env: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly ports: readonly MappedPort[]
  readonly log: LogWriter
  /** The state of a container changed: it will be written and told. */
  changed(): void
  addEvent(
    type: GroupEvent['type'],
    container: string | null,
    message?: string | null,
    timeInUs?: number,
  ): void
}
