import type { Metadata } from './metadata.ts'

/** A Pod, as far as Berth reads and writes it. */
export interface Pod {
  readonly metadata: Metadata
  readonly spec: PodSpec
  readonly status?: PodStatus
}

export interface PodSpec {
  readonly containers: readonly PodContainer[]
  readonly initContainers?: readonly PodContainer[]
  readonly volumes?: readonly PodVolume[]
  readonly restartPolicy?: 'Never' | 'OnFailure' | 'Always'
  readonly terminationGracePeriodSeconds?: number
  readonly activeDeadlineSeconds?: number
  readonly nodeName?: string
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly shareProcessNamespace?: boolean
  readonly [field: string]: unknown
}

export interface PodContainer {
  readonly name: string
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly EnvironmentVariable[]
  readonly ports?: readonly ContainerPort[]
  readonly resources?: Resources
  readonly volumeMounts?: readonly VolumeMount[]
  readonly readinessProbe?: object
  readonly securityContext?: object
  /** `Always` makes an init container a sidecar. */
  readonly restartPolicy?: 'Always'
}

export interface EnvironmentVariable {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } }
}

interface ContainerPort {
  readonly containerPort: number
  readonly protocol: 'TCP' | 'UDP'
  readonly hostPort?: number
}

export interface Resources {
  readonly requests?: Readonly<Record<string, string>>
  readonly limits?: Readonly<Record<string, string>>
}

export interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly subPath?: string
  readonly readOnly?: boolean
}

export interface PodVolume {
  readonly name: string
  readonly [source: string]: unknown
}

export interface PodStatus {
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  readonly reason?: string
  readonly message?: string
  readonly hostIP?: string
  readonly podIP?: string
  readonly startTime?: string
  readonly conditions?: readonly PodCondition[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
}

interface PodCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason?: string
  readonly message?: string
  readonly lastTransitionTime?: string
}

export interface ContainerStatus {
  readonly name: string
  readonly restartCount: number
  readonly ready: boolean
  readonly started?: boolean | null
  readonly image?: string
  readonly imageID?: string
  readonly state?: ContainerState
  readonly lastState?: ContainerState
}

/** Exactly one of them, or none while nothing is known. */
interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt?: string }
  readonly terminated?: TerminatedState
}

export interface TerminatedState {
  readonly exitCode: number
  readonly signal?: number
  readonly reason?: string
  readonly message?: string
  readonly startedAt?: string | null
  readonly finishedAt?: string | null
}
