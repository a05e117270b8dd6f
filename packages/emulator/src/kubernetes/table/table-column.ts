import type { KubernetesObject } from '../objects/kubernetes-object.ts'

/** A column of a table, with what stands in it. */
export interface TableColumn<T extends KubernetesObject = KubernetesObject> {
  readonly name: string
  readonly type?: 'string' | 'integer'
  readonly format?: 'name'
  readonly description?: string
  /** Above 0: only `-o wide` shows it. */
  readonly priority?: number
  /** `now` is the API server's clock, in milliseconds. */
  readonly cell: (object: T, now: number) => string | number
}
