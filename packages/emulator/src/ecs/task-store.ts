import type { EmulatedTime } from '../clock/emulated-time.ts'
import { realNow } from '../clock/real-time.ts'
import type { Cluster } from './cluster.ts'
import type { EcsDialect } from './ecs-dialect.ts'
import type { Task } from './task.ts'

/** The tasks of one region: those that live, and for an hour those that have stopped. */
export class TaskStore {
  readonly #time: EmulatedTime
  readonly #dialect: EcsDialect
  readonly #tasks = new Map<string, Task>()
  /** How many there ever were. */
  count = 0

  constructor(time: EmulatedTime, dialect: EcsDialect) {
    this.#time = time
    this.#dialect = dialect
  }

  add(task: Task): void {
    this.count += 1
    this.#tasks.set(task.id, task)
  }

  all(): readonly Task[] {
    const forgotten = realNow() - this.#time.toReal(this.#dialect.stoppedKeptInMs)
    for (const task of this.#tasks.values()) {
      if (task.endedAt !== null && task.endedAt < forgotten) this.#tasks.delete(task.id)
    }
    return [...this.#tasks.values()]
  }

  of(cluster: Cluster): readonly Task[] {
    return this.all().filter((task) => task.cluster === cluster)
  }

  /** By id or ARN; null also where it is of another cluster. */
  find(identifier: string, cluster: Cluster): Task | null {
    const task = this.#tasks.get(identifier.split('/').at(-1) ?? '')
    if (task === undefined || !this.of(cluster).includes(task)) return null
    return identifier.startsWith('arn:') && identifier !== task.arn ? null : task
  }

  /** Whether it is told of already. */
  isShown(task: Task): boolean {
    return realNow() - task.madeAt >= this.#time.toReal(this.#dialect.missingForInMs)
  }
}
