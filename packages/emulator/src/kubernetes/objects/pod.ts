import type { KubernetesObject } from './kubernetes-object.ts'

export interface Pod extends KubernetesObject {
  readonly spec: PodSpec
  readonly status?: PodStatus
}

export interface PodSpec {
  readonly containers: readonly Container[]
  readonly initContainers?: readonly Container[]
  readonly volumes?: readonly Volume[]
  readonly restartPolicy?: string
  readonly terminationGracePeriodSeconds?: number
  readonly activeDeadlineSeconds?: number
  readonly nodeName?: string
  readonly nodeSelector?: Readonly<Record<string, string>>
  readonly affinity?: { readonly nodeAffinity?: NodeAffinity }
  readonly tolerations?: readonly Toleration[]
  readonly serviceAccountName?: string
  readonly enableServiceLinks?: boolean
  readonly imagePullSecrets?: readonly { readonly name?: string }[]
  readonly hostname?: string
  readonly subdomain?: string
}

interface NodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    readonly nodeSelectorTerms?: readonly {
      readonly matchExpressions?: readonly Requirement[]
      readonly matchFields?: readonly Requirement[]
    }[]
  }
}

export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

export interface Toleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

export interface Container {
  readonly name: string
  readonly image?: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly EnvironmentVariable[]
  readonly envFrom?: readonly EnvironmentSource[]
  readonly ports?: readonly ContainerPort[]
  readonly resources?: Resources
  readonly volumeMounts?: readonly VolumeMount[]
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly lifecycle?: unknown
  readonly imagePullPolicy?: string
  readonly terminationMessagePolicy?: string
  readonly restartPolicy?: string
  readonly securityContext?: { readonly runAsUser?: number; readonly runAsGroup?: number }
  readonly stdin?: boolean
  readonly tty?: boolean
}

export interface EnvironmentVariable {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: {
    readonly fieldRef?: FieldReference
    readonly resourceFieldRef?: ResourceReference
    readonly secretKeyRef?: KeyReference
    readonly configMapKeyRef?: KeyReference
  }
}

interface FieldReference {
  readonly fieldPath: string
}

export interface ResourceReference {
  readonly containerName?: string
  readonly resource: string
  readonly divisor?: string
}

interface KeyReference {
  readonly name?: string
  readonly key: string
  readonly optional?: boolean
}

interface EnvironmentSource {
  readonly prefix?: string
  readonly secretRef?: { readonly name?: string; readonly optional?: boolean }
  readonly configMapRef?: { readonly name?: string; readonly optional?: boolean }
}

interface ContainerPort {
  readonly name?: string
  readonly containerPort: number
  readonly protocol?: string
  readonly hostPort?: number
}

interface Resources {
  readonly requests?: Quantities
  readonly limits?: Quantities
}

export type Quantities = Readonly<Record<string, string | number>>

interface VolumeMount {
  readonly name: string
  readonly mountPath: string
  readonly subPath?: string
  readonly readOnly?: boolean
}

export interface Probe {
  readonly exec?: { readonly command?: readonly string[] }
  readonly httpGet?: {
    readonly port: number | string
    readonly path?: string
    readonly host?: string
    readonly scheme?: string
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[]
  }
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string }
  readonly grpc?: unknown
  readonly initialDelaySeconds?: number
  readonly periodSeconds?: number
  readonly timeoutSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly terminationGracePeriodSeconds?: number
}

export interface Volume {
  readonly name: string
  readonly emptyDir?: object
  readonly secret?: FileSource & { readonly secretName?: string }
  readonly configMap?: FileSource & { readonly name?: string }
  readonly downwardAPI?: DownwardSource
  readonly projected?: {
    readonly defaultMode?: number
    readonly sources?: readonly {
      readonly secret?: FileSource & { readonly name?: string }
      readonly configMap?: FileSource & { readonly name?: string }
      readonly downwardAPI?: DownwardSource
      readonly serviceAccountToken?: object
    }[]
  }
}

export interface FileSource {
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[]
  readonly defaultMode?: number
  readonly optional?: boolean
}

export interface DownwardSource {
  readonly defaultMode?: number
  readonly items?: readonly {
    readonly path: string
    readonly mode?: number
    readonly fieldRef?: FieldReference
    readonly resourceFieldRef?: ResourceReference
  }[]
}

export interface PodStatus {
  readonly phase?: string
  readonly reason?: string
  readonly message?: string
  readonly conditions?: readonly Condition[]
  readonly hostIP?: string
  readonly hostIPs?: readonly { readonly ip: string }[]
  readonly podIP?: string
  readonly podIPs?: readonly { readonly ip: string }[]
  readonly startTime?: string
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly qosClass?: string
}

export interface Condition {
  readonly type: string
  readonly status: string
  readonly lastProbeTime?: string | null
  readonly lastTransitionTime?: string
  readonly reason?: string
  readonly message?: string
}

export interface ContainerStatus {
  readonly name: string
  readonly state: ContainerState
  readonly lastState: ContainerState
  readonly ready: boolean
  readonly restartCount: number
  readonly image: string
  readonly imageID: string
  readonly containerID?: string
  readonly started?: boolean
}

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly running?: { readonly startedAt: string }
  readonly terminated?: Terminated
}

export interface Terminated {
  readonly exitCode: number
  readonly signal?: number
  readonly reason?: string
  readonly message?: string
  readonly startedAt?: string | null
  readonly finishedAt?: string | null
  readonly containerID?: string
}
