/** A taint that the run's Pod may be placed in spite of. */
export interface Toleration {
  readonly key?: string | undefined
  /** Default `Equal`. */
  readonly operator?: 'Exists' | 'Equal' | undefined
  readonly value?: string | undefined
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' | undefined
  readonly tolerationSeconds?: number | undefined
}

/** What `spec.options.kubernetes` takes: fields that only Kubernetes has. They go into the Pod as they are. */
export interface KubernetesNativeOptions {
  /** The run then gets this account's token. Default: the namespace's `default`, and no token. */
  readonly serviceAccountName?: string | undefined
  /** Labels that the node must have. */
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined
  readonly tolerations?: readonly Toleration[] | undefined
  /** In Kubernetes' own words. */
  readonly affinity?: Readonly<Record<string, unknown>> | undefined
  readonly topologySpreadConstraints?: readonly Readonly<Record<string, unknown>>[] | undefined
  readonly priorityClassName?: string | undefined
  /** How it is isolated: `gvisor`, `kata`. */
  readonly runtimeClassName?: string | undefined
  /** Secrets of the namespace, by name, that images may be pulled with. */
  readonly imagePullSecrets?: readonly string[] | undefined
  /** Default: Kubernetes' own, `Always` for an image without a tag, or with `latest`, else `IfNotPresent`. */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never' | undefined
  /** Of the Pod. */
  readonly securityContext?: Readonly<Record<string, unknown>> | undefined
  /** Of every container, in Kubernetes' own words: `{ runAsUser: 1000, allowPrivilegeEscalation: false }`. */
  readonly containerSecurityContext?: Readonly<Record<string, unknown>> | undefined
  /** Of the Pod, for whoever admits it or looks at it. */
  readonly annotations?: Readonly<Record<string, string>> | undefined
  /** How a run with `expose: 'public'` is reached. Default `LoadBalancer`. */
  readonly service?: 'LoadBalancer' | 'NodePort' | undefined
  /** Of that Service: what a cloud's load balancer is told. */
  readonly serviceAnnotations?: Readonly<Record<string, string>> | undefined
  readonly loadBalancerClass?: string | undefined
  /** Further members of the Pod's `spec`, for what is not listed here. */
  readonly podSpec?: Readonly<Record<string, unknown>> | undefined
}
