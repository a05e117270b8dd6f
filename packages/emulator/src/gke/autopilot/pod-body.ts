import type { Refusal } from '../proxy/refuse.ts'

type Quantities = Readonly<Record<string, string>>

/** A container of a Pod as it is sent, as far as Autopilot reads and changes it. */
export interface ContainerBody {
  readonly name?: string
  readonly restartPolicy?: string
  readonly resources?: { readonly requests?: Quantities; readonly limits?: Quantities }
  readonly ports?: readonly { readonly hostPort?: number }[]
  readonly securityContext?: { readonly privileged?: boolean }
  readonly [field: string]: unknown
}

/** A Pod as it is sent. */
export interface PodBody {
  readonly metadata?: {
    readonly name?: string
    readonly annotations?: Readonly<Record<string, string>>
    readonly [field: string]: unknown
  }
  readonly spec: {
    readonly containers: readonly ContainerBody[]
    readonly initContainers?: readonly ContainerBody[]
    readonly volumes?: readonly { readonly name?: string; readonly hostPath?: { readonly path?: string } }[]
    readonly nodeSelector?: Readonly<Record<string, string>>
    readonly hostNetwork?: boolean
    readonly hostPID?: boolean
    readonly hostIPC?: boolean
    readonly [field: string]: unknown
  }
  readonly [field: string]: unknown
}

/** What becomes of a Pod: changed or not, or refused. */
export type Admission = { readonly pod: PodBody } | { readonly refusal: Refusal }
