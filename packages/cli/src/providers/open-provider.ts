import type { AnyProvider, BaseRun } from '@berth/core'

/** A provider in use, by the name that the user knows it by. */
export interface OpenProvider {
  /** The name of the configuration file, or the adapter's own. */
  readonly name: string
  /** The configuration file's name, or `convention`. */
  readonly source: string
  readonly provider: AnyProvider
}

/** A run's id as the user types it: the configured name stands in it, whatever the provider calls itself. */
export function idOf({ name }: OpenProvider, { ref }: Pick<BaseRun, 'ref'>): string {
  return `${name}/${ref}`
}
