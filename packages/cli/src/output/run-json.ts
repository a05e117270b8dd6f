import type { Address, BaseRun, Lifetime, RunState } from '@berth/core'
import { idOf, type OpenProvider } from '../providers/open-provider.ts'

/** A run as every `--json` answer shows it. */
export interface RunJson {
  readonly id: string
  readonly provider: string
  readonly ref: string
  readonly name: string
  readonly image: string
  readonly state: RunState
  readonly createdAt: string
  /** Null: until somebody removes it. */
  readonly expiresAt: string | null
  readonly lifetime: Lifetime
  readonly url: string | null
  readonly addresses: readonly Address[]
  readonly labels: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}

/** A run as data. */
export function runJson(on: OpenProvider, run: BaseRun): RunJson {
  return {
    id: idOf(on, run),
    provider: on.name,
    ref: run.ref,
    name: run.name,
    image: run.image,
    state: run.state,
    createdAt: run.createdAt.toISOString(),
    expiresAt: run.expiresAt?.toISOString() ?? null,
    lifetime: run.lifetime,
    url: run.url ?? null,
    addresses: run.addresses,
    labels: run.labels,
    notes: run.notes,
  }
}
