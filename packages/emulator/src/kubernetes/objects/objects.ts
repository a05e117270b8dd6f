import type { KubernetesObject } from './kubernetes-object.ts'
import type { Condition, Pod, Quantities } from './pod.ts'

export interface Node extends KubernetesObject {
  readonly spec?: {
    readonly podCIDR?: string
    readonly providerID?: string
    readonly unschedulable?: boolean
    readonly taints?: readonly Taint[]
  }
  readonly status?: {
    readonly capacity?: Quantities
    readonly allocatable?: Quantities
    readonly conditions?: readonly Condition[]
    readonly addresses?: readonly { readonly type: string; readonly address: string }[]
    readonly nodeInfo?: Readonly<Record<string, string>>
    readonly images?: readonly object[]
  }
}

export interface Taint {
  readonly key: string
  readonly value?: string
  readonly effect: string
}

export interface Namespace extends KubernetesObject {
  readonly spec?: { readonly finalizers?: readonly string[] }
  readonly status?: { readonly phase?: string }
}

export interface Service extends KubernetesObject {
  readonly spec: ServiceSpec
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip: string }[] } }
}

interface ServiceSpec {
  readonly type?: string
  readonly selector?: Readonly<Record<string, string>>
  readonly ports?: readonly ServicePort[]
  readonly clusterIP?: string
  readonly clusterIPs?: readonly string[]
  readonly externalName?: string
  readonly publishNotReadyAddresses?: boolean
  readonly externalTrafficPolicy?: string
  readonly loadBalancerClass?: string
}

export interface ServicePort {
  readonly name?: string
  readonly protocol?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly nodePort?: number
}

export interface Endpoints extends KubernetesObject {
  readonly subsets?: readonly EndpointSubset[]
}

export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[]
  readonly notReadyAddresses?: readonly EndpointAddress[]
  readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol: string }[]
}

interface EndpointAddress {
  readonly ip: string
  readonly nodeName?: string
  readonly targetRef?: ObjectReference
}

export interface Secret extends KubernetesObject {
  readonly type?: string
  readonly data?: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
  readonly immutable?: boolean
}

export interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
  readonly immutable?: boolean
}

type ServiceAccount = KubernetesObject

export interface Lease extends KubernetesObject {
  readonly spec?: {
    readonly holderIdentity?: string
    readonly leaseDurationSeconds?: number
    readonly acquireTime?: string
    readonly renewTime?: string
  }
}

export interface ObjectReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly fieldPath?: string
}

export interface Event extends KubernetesObject {
  readonly involvedObject: ObjectReference
  readonly reason?: string
  readonly message?: string
  readonly type?: string
  readonly source?: { readonly component?: string; readonly host?: string }
  readonly firstTimestamp?: string | null
  readonly lastTimestamp?: string | null
  readonly count?: number
  readonly eventTime?: string | null
  readonly action?: string
  readonly reportingComponent?: string
  readonly reportingInstance?: string
}

/** What there is, by the name of its resource. */
export interface ObjectsByResource {
  readonly namespaces: Namespace
  readonly nodes: Node
  readonly pods: Pod
  readonly services: Service
  readonly endpoints: Endpoints
  readonly secrets: Secret
  readonly configmaps: ConfigMap
  readonly serviceaccounts: ServiceAccount
  readonly events: Event
  readonly leases: Lease
}

export type ResourceName = keyof ObjectsByResource
