import type { Behaviour } from '../provenance/behaviour.ts'

const base = { service: 'aci' } as const
const CLI_RECORDINGS = "recordings of the Azure CLI's container tests"
const recorded = { ...base, provenance: 'recorded', source: CLI_RECORDINGS, date: '2018-2019' } as const
const assumed = { ...base, provenance: 'assumed', source: '' } as const
const documented = (source: string, date: string) =>
  ({ ...base, provenance: 'documented', source, date }) as const
const reported = (source: string, date: string) =>
  ({ ...base, provenance: 'reported', source, date }) as const

/** What Azure Container Instances does. */
export const ACI_BEHAVIOURS: readonly Behaviour[] = [
  // Creating
  {
    ...recorded,
    what: 'PUT: 201 with Azure-AsyncOperation, no Location, no Retry-After',
    changedBy: 'dialect retryAfterInSeconds',
  },
  { ...recorded, what: 'operations: id, status, startTime to 100 ns, events; api-version 2018-06-01' },
  { ...assumed, what: 'the status of an operation that goes on is InProgress' },
  {
    ...recorded,
    what: 'groups: fields and their order, defaults that are filled in, containers without instance view until their node tells something',
  },
  { ...documented('API specification', '2023'), what: 'sku Standard is filled in' },
  { ...recorded, what: 'Pending gives way to Creating within a second' },
  {
    ...documented('API specification', '2025'),
    what: 'Accepted, Updating, Deleting',
    changedBy: 'dialect provisioningStates',
  },
  {
    ...reported('recordings and issues', '2019; 2021, 2023'),
    what: 'the address is shown by Succeeded, in 2019 with the acceptance',
    changedBy: 'dialect address',
  },
  {
    ...reported('issues', '2019-2023'),
    what: 'the address is null or 0.0.0.0 for a while after Succeeded',
    changedBy: 'dialect address',
  },
  {
    ...recorded,
    what: 'limits left: x-ms-ratelimit-remaining-subscription-resource-requests-pt1h and -pt5m, on refusals too',
  },
  {
    ...documented('service limits', '2026'),
    what: '300 creations an hour and 100 in 5 minutes, deletions alike; refused ones count',
    changedBy: 'limits.aci',
  },
  { ...assumed, what: 'the code of that 429: TooManyRequests' },
  {
    ...documented('service limits', '2026'),
    what: '100 groups and 100 cores a region, 60 containers, 20 volumes, 5 ports, 31 vCPU, 240 GB, 1 800 s of provisioning',
    changedBy: 'limits.aci',
  },
  { ...reported('issues', '2021-2025'), what: 'ContainerGroupQuotaReached (400) and its message' },
  {
    ...documented('troubleshooting page', '2024'),
    what: 'no capacity: 409 ServiceUnavailable; afterwards: operation Failed with event InsufficientCapacity., no error',
    changedBy: 'dialect operationErrors',
  },
  { ...assumed, what: 'more than 31 vCPU or 240 GB is answered as no capacity' },
  {
    ...reported('issues', '2018-2025'),
    what: 'MissingIpAddressPorts, UnreferencedIpAddressPorts, InvalidOsType, ResourceRequestsNotSpecified, ResourceLimitsLessThanRequests, ContainerLimitGreaterThanContainerGroupTotalRequest, InvalidContainerGroupUpdate',
  },
  {
    ...documented('troubleshooting page', '2024'),
    what: 'InaccessibleImage, RegistryErrorResponse, OsVersionNotSupported, DnsNameLabelNotAvailable, MoreImageRegistryCredentialsThanContainers, ContainerGroupTransitioning',
  },
  {
    ...assumed,
    what: 'the codes of all other refusals of a body: names, ports, volumes, probes, identities, init containers, spot and networks. That they are refused is documented',
  },
  {
    ...reported('issues', '2019-2024'),
    what: 'images are asked for by the creating call',
    changedBy: 'dialect imageCheck',
  },
  { ...assumed, what: 'an image whose registry cannot be reached is found out by the node' },
  // Running
  {
    ...recorded,
    what: 'events Pulling, Pulled, Started with their messages, to the second, counted when they happen again',
    changedBy: 'dialect coalescedEvents',
  },
  {
    ...reported('recordings', '2019; 2021, 2023'),
    what: 'Created events until 2019, none since',
    changedBy: 'dialect createdEvents',
  },
  {
    ...reported('issues', '2020-2024'),
    what: 'events may be empty though a container runs',
    changedBy: 'dialect events',
  },
  {
    ...reported('issues', '2021'),
    what: 'times of containers in seconds, sometimes milliseconds',
    changedBy: 'dialect containerTimes',
  },
  {
    ...recorded,
    what: 'a container that ends is restarted at once, then after 10 s, each pull told again; CrashLoopBackOff, BackOff, previousState, restartCount',
  },
  {
    ...documented('Kubernetes, whose words the events are', '2024'),
    what: 'later waits double up to 5 minutes, and begin anew after 10 minutes of running',
  },
  {
    ...recorded,
    what: 'group state: Running while one runs or waits, Succeeded or Failed when all have ended, also between restarts',
  },
  {
    ...reported('issues', '2021'),
    what: 'restart policy Never may restart on a nonzero exit',
    changedBy: 'dialect neverRestartsOnFailure',
  },
  {
    ...assumed,
    what: 'ErrImagePull, ImagePullBackOff, Failed events; provisioningState Failed after three attempts, Succeeded when it comes right after all',
  },
  {
    ...assumed,
    what: 'a program that cannot be started: Failed event, Terminated with exit code 128; OOMKilled for want of memory',
  },
  {
    ...documented('API specification', '2023'),
    what: 'probes: Unhealthy and Killing events; a failed readiness probe is told but keeps no traffic away here',
  },
  { ...assumed, what: 'gitRepo and azureFile volumes: empty here' },
  { ...recorded, what: 'secret values, files, passwords and keys are never told back' },
  // Changing
  {
    ...documented('update page', '2024'),
    what: 'PUT on a group: 200, containers restarted in place; os, resources, restart policy and ports cannot change',
  },
  { ...assumed, what: 'an identical PUT leaves it alone', changedBy: 'dialect identicalPut' },
  {
    ...documented('API specification', '2023'),
    what: 'PATCH changes tags',
    changedBy: 'dialect patchChangesTags',
  },
  {
    ...reported('issue of Terraform', '2020'),
    what: 'DELETE: 200 with the group at once; it may be read for up to 90 s more',
    changedBy: 'dialect deleteLingersInMs',
  },
  { ...documented('API specification', '2023'), what: 'stop and restart: 204, start: 202' },
  {
    ...assumed,
    what: 'a stopped group is placed anew when started; start of one that runs does nothing; restart of one that is stopped starts it',
  },
  { ...assumed, what: 'processes get 10 s between SIGTERM and SIGKILL' },
  // Reading
  { ...recorded, what: 'lists carry no instance view', changedBy: 'dialect listInstanceView' },
  { ...assumed, what: 'lists and reads may be late', changedBy: 'dialects listStaleInMs, readableAfterInMs' },
  { ...assumed, what: 'pages of 100 groups', changedBy: 'limits.aci.listPageSize' },
  {
    ...documented('service limits', '2026'),
    what: 'logs: 4 MB while running, 16 KB and 1 000 lines once stopped',
    changedBy: 'limits.aci',
  },
  { ...reported('issue of virtual-kubelet', '2018'), what: '404 ContainerLogNotAvailable and its message' },
  {
    ...assumed,
    what: 'timestamps of logs in ISO 8601 before each line; 409 ContainerNotRunning for exec and attach',
  },
  {
    ...documented('exec page', '2024'),
    what: 'exec: one program without arguments, no exit code; password as the first frame; terminal size told once',
    changedBy: 'dialect execCommand',
  },
  {
    ...documented('API specification', '2023'),
    what: 'attach: password in the Authorization header; output only here',
  },
  { ...assumed, what: 'a websocket can be joined once, within a minute; both streams come as one' },
  {
    ...documented('API specification', '2023'),
    what: 'usages, capabilities, cachedImages; which images are cached is assumed',
  },
]
