import type { BaseRun } from '@berth/core'

/** One part of the application. */
export interface Part {
  /** `front`, `worker-1` */
  readonly name: string
  /** `gke`, `aci`, `ecs` */
  readonly cloud: string
  readonly run: BaseRun
}

/** A part's start as the page shows it. */
export interface ShownPart {
  readonly name: string
  readonly cloud: string
  readonly url: string | undefined
  readonly emulated: string | undefined
  /** From the call to the first answer. */
  readonly totalInMs: number | undefined
  /** They sum to the total. */
  readonly phases: readonly { readonly name: string; readonly inMs: number }[]
}

export function shownPart({ name, cloud, run }: Part): ShownPart {
  const { total, phases } = run.timeline
  return {
    name,
    cloud,
    url: run.url,
    emulated: run.emulated,
    totalInMs: total === undefined ? undefined : total / 1_000,
    phases: phases.map((phase) => ({ name: phase.name, inMs: phase.duration / 1_000 })),
  }
}
