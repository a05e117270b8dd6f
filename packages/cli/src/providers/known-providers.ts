import type { AnyProvider } from '@berth/core'

/** A provider that needs no configuration file: its cloud's own conventions say all it has to know. */
export interface KnownProvider {
  readonly name: string
  readonly packageName: string
  readonly description: string
  /** Whether somebody pays for what runs there. Nothing is started on such a one that was not named. */
  readonly billed: boolean
  /** Whether this machine is set up for it, as far as the environment tells: others are used only when named. */
  isConfigured(environment: NodeJS.ProcessEnv): boolean
  /** Loads the adapter, and only then. */
  open(): Promise<AnyProvider>
}

/** The adapters that come with the command; those that cost nothing in the order in which a run without `--on` prefers them. */
export const knownProviders: readonly KnownProvider[] = [
  {
    name: 'docker',
    packageName: '@berth/docker',
    description: 'the local Docker or Podman engine (DOCKER_HOST, docker contexts)',
    billed: false,
    isConfigured: () => true,
    open: async () => (await import('@berth/docker')).docker(),
  },
  {
    name: 'process',
    packageName: '@berth/process',
    description: 'no engine: a small catalogue of images run as child processes',
    billed: false,
    isConfigured: () => true,
    open: async () => (await import('@berth/process')).embedded(),
  },
  {
    name: 'aci',
    packageName: '@berth/aci',
    description: 'Azure Container Instances (BERTH_ACI_*, AZURE_*, what az has been told)',
    billed: true,
    isConfigured: ({ BERTH_ACI_ENDPOINT, BERTH_ACI_RESOURCE_GROUP, AZURE_DEFAULTS_GROUP }) =>
      [BERTH_ACI_ENDPOINT, BERTH_ACI_RESOURCE_GROUP, AZURE_DEFAULTS_GROUP].some(Boolean),
    open: async () => (await import('@berth/aci')).aci(),
  },
  {
    name: 'ecs',
    packageName: '@berth/ecs',
    description: 'AWS ECS on Fargate (AWS_REGION, AWS_PROFILE, …; BERTH_ECS_*)',
    billed: true,
    isConfigured: ({ AWS_REGION, AWS_PROFILE, BERTH_ECS_CLUSTER }) =>
      [AWS_REGION, AWS_PROFILE, BERTH_ECS_CLUSTER].some(Boolean),
    open: async () => (await import('@berth/ecs')).ecs(),
  },
  {
    name: 'gke',
    packageName: '@berth/gke',
    description: "Google Kubernetes Engine (CLOUDSDK_CONTAINER_CLUSTER and gcloud's other variables)",
    billed: true,
    isConfigured: ({ CLOUDSDK_CONTAINER_CLUSTER }) => Boolean(CLOUDSDK_CONTAINER_CLUSTER),
    open: async () => (await import('@berth/gke')).gke(),
  },
  {
    name: 'kubernetes',
    packageName: '@berth/kubernetes',
    description: 'the Kubernetes cluster that kubectl uses (KUBECONFIG, ~/.kube/config)',
    // Its nodes are somebody's, and perhaps in use: nothing is started there unless it is named.
    billed: true,
    isConfigured: ({ KUBECONFIG, KUBERNETES_SERVICE_HOST }) =>
      [KUBECONFIG, KUBERNETES_SERVICE_HOST].some(Boolean),
    open: async () => (await import('@berth/kubernetes')).kubernetes(),
  },
]
