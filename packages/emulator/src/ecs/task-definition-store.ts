import type { TaskDefinition } from './task-definition.ts'

/** Every revision of every family in one region. */
export class TaskDefinitionStore {
  readonly #families = new Map<string, TaskDefinition[]>()
  /** Families of which one is just being registered. */
  readonly registering = new Set<string>()
  /** A number is never used twice, whatever was deleted. */
  readonly #revisions = new Map<string, number>()

  nextRevision(family: string): number {
    const revision = (this.#revisions.get(family) ?? 0) + 1
    this.#revisions.set(family, revision)
    return revision
  }

  add(definition: TaskDefinition): void {
    const { family } = definition
    this.#families.set(family, [...(this.#families.get(family) ?? []), definition])
  }

  delete(definition: TaskDefinition): void {
    const left = this.#families.get(definition.family)?.filter((other) => other !== definition)
    this.#families.set(definition.family, left ?? [])
  }

  /** By ARN, `family:revision`, or `family`: then its latest active one. */
  find(identifier: string): TaskDefinition | null {
    const name = identifier.replace(/^arn:[^/]*:task-definition\//, '')
    const [family = '', revision] = name.split(':')
    const all = this.#families.get(family) ?? []
    if (revision === undefined) return all.findLast(({ status }) => status === 'ACTIVE') ?? null
    return all.find((definition) => String(definition.revision) === revision) ?? null
  }

  all(): readonly TaskDefinition[] {
    return [...this.#families.values()].flat()
  }
}
