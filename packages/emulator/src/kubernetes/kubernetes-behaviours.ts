import type { Behaviour } from '../provenance/behaviour.ts'

const base = { service: 'kubernetes' } as const
const assumed = { ...base, provenance: 'assumed', source: '' } as const
const documented = (source: string, date = '2026') =>
  ({ ...base, provenance: 'documented', source, date }) as const
const CONCEPTS = 'Kubernetes documentation: API concepts'
const LIFECYCLE = 'Kubernetes documentation: Pod lifecycle'
const SOURCES = 'sources of the API server and the kubelet'
const JUDGED = 'kubectl 1.27 and 1.32, which take it'

/** What a cluster does. */
export const KUBERNETES_BEHAVIOURS: readonly Behaviour[] = [
  // The API
  {
    ...documented(CONCEPTS),
    what: 'discovery, objects of the core group and leases: get, list, watch, create, update, patch, delete, deletecollection; Status for what is refused',
  },
  {
    ...documented(CONCEPTS),
    what: 'one resourceVersion that counts every change; one that is outdated is a 409; a change that changes nothing gets none',
  },
  {
    ...documented(CONCEPTS),
    what: 'watches from a version on; an ERROR with 410 Expired where it is no longer known; bookmarks',
    changedBy: 'dialects keptChanges, bookmarks, bookmarkEveryInMs',
  },
  {
    ...documented(CONCEPTS),
    what: 'lists page by page from one snapshot; label and field selectors; tables and metadata alone by Accept',
  },
  { ...documented(JUDGED), what: 'the columns of tables, and what stands in them' },
  {
    ...documented(CONCEPTS),
    what: 'JSON, merge and strategic merge patches; that of server-side apply is a 415 here',
  },
  {
    ...documented('.proto files of k8s.io/api'),
    what: 'bodies of Protobuf for what typed subcommands of kubectl make: ConfigMaps, Secrets, Namespaces, ServiceAccounts, reviews; others are refused with 415. Answers are JSON',
  },
  {
    ...documented('Kubernetes documentation: Authenticating'),
    what: '401 Unauthorized without a bearer token, or with an unknown one; the administrator may do everything',
    changedBy: 'kubernetes.token',
  },
  { ...documented(CONCEPTS), what: 'dryRun=All stores nothing' },
  {
    ...documented('Kubernetes documentation: Garbage collection'),
    what: 'what has no owner left is removed in the background; what names one that was never there, too; orphans on request',
  },
  { ...assumed, what: 'deletion in the foreground is done as in the background' },
  {
    ...documented(SOURCES),
    what: 'generated names, refused names, labels, annotations, quantities and fields of Pods and Services: 422 Invalid with causes, 400 for quantities',
  },
  { ...assumed, what: 'the addresses of a cluster: of the loopback network' },
  // Pods
  {
    ...documented(LIFECYCLE),
    what: 'phases, conditions and states of containers, each stamped to the second; PodReadyToStartContainers since 1.29',
    changedBy: 'dialects minorVersion, sandboxCondition',
  },
  {
    ...documented('Kubernetes documentation: Sidecar containers'),
    what: 'sidecars start one after another before the others, and end in reverse after them; since 1.29, before that, and where they are switched off until 1.32, the field is left out',
    changedBy: 'dialects minorVersion, nativeSidecars',
  },
  {
    ...documented(SOURCES),
    what: 'events Scheduled, FailedScheduling, Pulling, Pulled, Created, Started, Failed, BackOff, Killing, Unhealthy, FailedMount with the words of each version; counted when they happen again; named by nanoseconds; kept an hour',
    changedBy: 'dialects minorVersion, pulledText',
  },
  {
    ...documented(LIFECYCLE),
    what: 'a container that ends is restarted at once, then after 10 s and twice as long each time up to 5 minutes; anew after 10 minutes of running; CrashLoopBackOff',
  },
  {
    ...documented('Kubernetes documentation: Images'),
    what: 'pull policies; ErrImagePull, ImagePullBackOff with waits of 10 s up to 5 minutes, InvalidImageName, ErrImageNeverPull; a node has what it has pulled',
  },
  {
    ...documented(SOURCES),
    what: 'a program that cannot be started: StartError with exit code 128, before 1.24 ContainerCannotRun with 127',
    changedBy: 'dialect minorVersion',
  },
  { ...assumed, what: "the registry's words in what is said of a failed pull" },
  {
    ...documented(LIFECYCLE),
    what: 'deletion: deletionTimestamp, a grace that can only be shortened, SIGTERM, SIGKILL, then the object goes once its finalizers are gone; at once where no node has it, or it has ended',
  },
  {
    ...documented(LIFECYCLE),
    what: 'startup, readiness and liveness probes by exec, HTTP and TCP; one of gRPC, and lifecycle hooks, are refused here',
  },
  {
    ...documented(LIFECYCLE),
    what: 'activeDeadlineSeconds: Failed with DeadlineExceeded',
  },
  {
    ...documented('Kubernetes documentation: Node shutdowns'),
    what: 'a node that is taken back: Failed, Terminated, Pod was terminated in response to imminent node shutdown.',
  },
  {
    ...documented('Kubernetes documentation: Kubernetes Scheduler'),
    what: 'a node is found by requests, selectors, affinity and taints, else Unschedulable with the count of each reason',
    changedBy: 'kubernetes.nodes',
  },
  {
    ...assumed,
    what: 'when an address is first told, and how long after it happened a node tells something',
    changedBy: 'dialects addressShown, statusAfterInMs',
  },
  {
    ...documented('Kubernetes documentation: Configure Pods'),
    what: 'variables from fields, resources, Secrets and ConfigMaps, $(NAME), Service variables; volumes emptyDir, secret, configMap, downwardAPI, projected; other types are refused here',
  },
  { ...assumed, what: "no service account's token is put into containers" },
  // Sessions, logs, Services
  {
    ...documented(JUDGED),
    what: 'exec and attach over SPDY/3.1 and WebSockets of v4 and, since 1.30, v5.channel.k8s.io; the exit code as a Status with cause ExitCode',
    changedBy: 'dialects minorVersion, webSockets',
  },
  {
    ...documented(JUDGED),
    what: 'port-forward over SPDY/3.1, since 1.30 through a WebSocket too',
    changedBy: 'dialect minorVersion',
  },
  {
    ...documented(SOURCES),
    what: 'logs: follow, previous, tailLines, limitBytes, sinceSeconds, sinceTime, timestamps; 400 while the container waits to start',
  },
  {
    ...documented('Kubernetes documentation: Service'),
    what: 'Services of type ClusterIP, NodePort and LoadBalancer lead TCP to Pods that are ready; connections are refused while there are none; Endpoints tell them',
  },
  {
    ...assumed,
    what: 'how long a balancer takes; 42 s were seen once on GKE',
    changedBy: 'dialect balancerAfterInMs',
  },
  {
    ...assumed,
    what: 'a quota or full cluster that refuses at once: 403 with the words of an exceeded quota',
  },
]
